using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using PromptPlatform.Gateway.Edge;
using Yarp.ReverseProxy.Forwarder;

namespace PromptPlatform.Gateway.Upstreams;

/// <summary>How a request to a replica ended, as far as it says something about the replica.</summary>
internal enum Outcome
{
    /// <summary>Nothing: the caller's own fault, or the caller went away.</summary>
    None,

    /// <summary>It answered.</summary>
    Answered,

    /// <summary>It answered that it cannot, broke off, or took too long.</summary>
    Failed,

    /// <summary>There was no connection.</summary>
    Unreachable,
}

/// <summary>Reads outcomes.</summary>
internal static class Outcomes
{
    /// <summary>How the attempt that has just ended went.</summary>
    public static Outcome Of(HttpContext http) => http.Features.Get<IForwarderErrorFeature>() is { } failure ? Of(failure, http) : OfAnswer(http);

    private static Outcome Of(IForwarderErrorFeature failure, HttpContext http) => failure.Error switch
    {
        ForwarderError.Request or ForwarderError.RequestTimedOut when TransportFault.IsUnreachable(failure.Exception) => Outcome.Unreachable,
        ForwarderError.Request or ForwarderError.RequestTimedOut or ForwarderError.RequestBodyDestination or ForwarderError.ResponseBodyDestination => Outcome.Failed,
        ForwarderError.RequestCanceled or ForwarderError.ResponseBodyCanceled when http.Features.Get<EdgeState>()?.TimedOut == true => Outcome.Failed,
        _ => Outcome.None,
    };

    // 500 counts as well: the policy compares replicas, so that a fault which all of them have ejects none.
    private static Outcome OfAnswer(HttpContext http) =>
        http.Response.StatusCode is 500 or 502 or 503 or 504 || GrpcStatus(http) is 2 or 13 or 14 or 15 ? Outcome.Failed : Outcome.Answered;

    // UNKNOWN, INTERNAL, UNAVAILABLE, DATA_LOSS; in the headers when there was no message (trailers only).
    private static int? GrpcStatus(HttpContext http)
    {
        string? text = http.Response.Headers["grpc-status"];
        text ??= http.Features.Get<IHttpResponseTrailersFeature>()?.Trailers["grpc-status"];
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int status) ? status : null;
    }
}
