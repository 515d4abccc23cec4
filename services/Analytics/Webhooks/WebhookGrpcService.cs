using Grpc.Core;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.ServiceDefaults.Identity;
using Message = PromptPlatform.Contracts.Analytics.V1.Webhook;
using DeliveryMessage = PromptPlatform.Contracts.Analytics.V1.WebhookDelivery;

namespace PromptPlatform.Analytics.Webhooks;

/// <summary>The RPCs of webhooks, each one line to its use case.</summary>
internal sealed class WebhookGrpcService(
    CreateWebhook create, ListWebhooks list, GetWebhook get, UpdateWebhook update, DeleteWebhook delete, RotateWebhookSecret rotate, SendAgain send, ListDeliveries deliveries)
    : WebhookService.WebhookServiceBase
{
    public override Task<WebhookSecret> CreateWebhook(CreateWebhookRequest request, ServerCallContext context) => create.HandleAsync(request, context);

    public override Task<ListWebhooksResponse> ListWebhooks(ListWebhooksRequest request, ServerCallContext context) => list.HandleAsync(request, context.Caller().OrgId, context.CancellationToken);

    public override Task<Message> GetWebhook(GetWebhookRequest request, ServerCallContext context) => get.HandleAsync(request, context);

    public override Task<Message> UpdateWebhook(UpdateWebhookRequest request, ServerCallContext context) => update.HandleAsync(request, context);

    public override Task<DeleteWebhookResponse> DeleteWebhook(DeleteWebhookRequest request, ServerCallContext context) => delete.HandleAsync(request, context.Caller().OrgId, context.CancellationToken);

    public override Task<WebhookSecret> RotateWebhookSecret(RotateWebhookSecretRequest request, ServerCallContext context) => rotate.HandleAsync(request, context);

    public override Task<DeliveryMessage> TestWebhook(TestWebhookRequest request, ServerCallContext context) => send.TestAsync(request, context);

    public override Task<ListWebhookDeliveriesResponse> ListWebhookDeliveries(ListWebhookDeliveriesRequest request, ServerCallContext context) =>
        deliveries.HandleAsync(request, context.Caller().OrgId, context.CancellationToken);

    public override Task<DeliveryMessage> ReplayWebhookDelivery(ReplayWebhookDeliveryRequest request, ServerCallContext context) => send.ReplayAsync(request, context);
}
