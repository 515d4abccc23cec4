using Microsoft.AspNetCore.Http;
using PromptPlatform.Gateway.Edge;

namespace PromptPlatform.Gateway.Tests.Edge;

internal sealed class GrpcTimeoutTests
{
    [TestCase(null, ExpectedResult = "30000m")]
    [TestCase("5S", ExpectedResult = "5S")]
    [TestCase("1H", ExpectedResult = "30000m")]
    [TestCase("100m", ExpectedResult = "100m")]
    [TestCase("-5S", ExpectedResult = "30000m")]
    [TestCase("123456789S", ExpectedResult = "30000m")]
    [TestCase("soon", ExpectedResult = "30000m")]
    public string Bound_KeepsWhatIsShorterAndWellFormed(string? given)
    {
        var headers = new HeaderDictionary();
        if (given is not null)
            headers["grpc-timeout"] = given;

        GrpcTimeout.Bound(headers, TimeSpan.FromSeconds(30));

        return headers["grpc-timeout"].ToString();
    }
}
