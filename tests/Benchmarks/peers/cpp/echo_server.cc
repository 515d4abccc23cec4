// The echo server on C++ gRPC: echo_server <port>. The asynchronous API, which is its fastest, with one completion queue and one
// thread for each of two cores.
#include <grpcpp/grpcpp.h>

#include <cstdio>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "echo.grpc.pb.h"

using promptplatform::benchmarks::v1::EchoMessage;
using promptplatform::benchmarks::v1::EchoService;

namespace {

constexpr int kMessages = 1000;
constexpr int kQueues = 2;
constexpr int kWaiting = 100;  // Calls of each kind that a queue is ready to accept.

class Call {
 public:
  virtual ~Call() = default;
  // The operation in flight ended; `ok` is false when the queue or the client is going away.
  virtual void Proceed(bool ok) = 0;
};

class SayCall final : public Call {
 public:
  SayCall(EchoService::AsyncService* service, grpc::ServerCompletionQueue* queue) : service_(service), queue_(queue), responder_(&context_) {
    service_->RequestSay(&context_, &request_, &responder_, queue_, queue_, this);
  }

  void Proceed(bool ok) override {
    if (!ok || finishing_) {
      delete this;
      return;
    }
    new SayCall(service_, queue_);
    finishing_ = true;
    response_.set_text(request_.text());
    responder_.Finish(response_, grpc::Status::OK, this);
  }

 private:
  EchoService::AsyncService* service_;
  grpc::ServerCompletionQueue* queue_;
  grpc::ServerContext context_;
  EchoMessage request_;
  EchoMessage response_;
  grpc::ServerAsyncResponseWriter<EchoMessage> responder_;
  bool finishing_ = false;
};

class RepeatCall final : public Call {
 public:
  RepeatCall(EchoService::AsyncService* service, grpc::ServerCompletionQueue* queue) : service_(service), queue_(queue), writer_(&context_) {
    service_->RequestRepeat(&context_, &request_, &writer_, queue_, queue_, this);
  }

  void Proceed(bool ok) override {
    if (!ok || finishing_) {
      delete this;
      return;
    }
    if (sent_ == 0) {
      new RepeatCall(service_, queue_);
      response_.set_text(request_.text());
    }
    if (sent_ < kMessages) {
      sent_++;
      // Without a buffer hint: a hinted write is complete only after a later one has flushed it (1.51), for which this one waits.
      writer_.Write(response_, this);
    } else {
      finishing_ = true;
      writer_.Finish(grpc::Status::OK, this);
    }
  }

 private:
  EchoService::AsyncService* service_;
  grpc::ServerCompletionQueue* queue_;
  grpc::ServerContext context_;
  EchoMessage request_;
  EchoMessage response_;
  grpc::ServerAsyncWriter<EchoMessage> writer_;
  int sent_ = 0;
  bool finishing_ = false;
};

void Serve(EchoService::AsyncService* service, grpc::ServerCompletionQueue* queue) {
  for (int i = 0; i < kWaiting; i++) {
    new SayCall(service, queue);
    new RepeatCall(service, queue);
  }
  void* tag;
  bool ok;
  while (queue->Next(&tag, &ok)) {
    static_cast<Call*>(tag)->Proceed(ok);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: echo_server <port>\n");
    return 64;
  }
  EchoService::AsyncService service;
  grpc::ServerBuilder builder;
  builder.AddListeningPort(std::string("127.0.0.1:") + argv[1], grpc::InsecureServerCredentials());
  builder.RegisterService(&service);
  std::vector<std::unique_ptr<grpc::ServerCompletionQueue>> queues;
  for (int i = 0; i < kQueues; i++) {
    queues.push_back(builder.AddCompletionQueue());
  }
  std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (!server) {
    std::fprintf(stderr, "cannot listen on port %s\n", argv[1]);
    return 1;
  }
  std::printf("ready\n");
  std::fflush(stdout);
  std::vector<std::thread> threads;
  for (auto& queue : queues) {
    threads.emplace_back(Serve, &service, queue.get());
  }
  for (auto& thread : threads) {
    thread.join();
  }
  return 0;
}
