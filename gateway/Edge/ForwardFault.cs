using PromptPlatform.ServiceDefaults.Errors;
using Yarp.ReverseProxy.Forwarder;

namespace PromptPlatform.Gateway.Edge;

/// <summary>What a failed forwarding means to the caller.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What happened and what to do.</param>
/// <param name="IsOurs">Whether a service was at fault and not the caller.</param>
internal readonly record struct ForwardFault(int Status, string Detail, bool IsOurs)
{
    /// <summary>The problem code.</summary>
    public string Code => FaultStatus.CodeOf(Status);

    /// <summary>Reads the fault. <paramref name="timedOut"/>: the gateway ended the request.</summary>
    public static ForwardFault Of(IForwarderErrorFeature failure, string service, bool timedOut, TimeSpan limit) => failure.Error switch
    {
        ForwarderError.RequestBodyCanceled when timedOut => new(408, $"the body did not arrive within {limit.TotalSeconds:0.#} s; send it without pauses", false),
        _ when timedOut => new(504, $"{service} did not answer within {limit.TotalSeconds:0.#} s; try again", true),
        ForwarderError.RequestTimedOut => new(504, $"{service} did not answer in time; try again", true),
        ForwarderError.RequestBodyClient or ForwarderError.RequestBodyCanceled => OfBody(failure.Exception),
        ForwarderError.Request or ForwarderError.NoAvailableDestinations => new(503, $"{service} is away for the moment; try again", true),
        ForwarderError.RequestCreation => new(400, "the request cannot be passed on: a header holds characters that are not allowed", false),
        _ => new(502, $"the answer of {service} broke off; try again", true),
    };

    private static ForwardFault OfBody(Exception? cause) => Bad(cause)?.StatusCode switch
    {
        413 => new(413, "body: is over the size limit; send a shorter one", false),
        408 => new(408, "the body came too slowly; send it without pauses", false),
        _ => new(400, "the body broke off or is not well-formed HTTP; send it whole", false),
    };

    private static BadHttpRequestException? Bad(Exception? cause) => cause switch
    {
        BadHttpRequestException bad => bad,
        AggregateException many => many.Flatten().InnerExceptions.Select(Bad).FirstOrDefault(bad => bad is not null),
        { InnerException: { } inner } => Bad(inner),
        _ => null,
    };
}
