using Microsoft.Extensions.Logging;

namespace PromptPlatform.GrpcTransport;

/// <summary>What every call of a mapped service shares.</summary>
internal sealed record ServerHost(MethodOptions Options, ILogger Log, TimeProvider Clock, Singletons Singletons);
