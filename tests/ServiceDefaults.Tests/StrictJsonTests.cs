using System.Text;
using PromptPlatform.Contracts.Auth.V1;
using PromptPlatform.Contracts.Enhancement.V1;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Json;

namespace PromptPlatform.ServiceDefaults.Tests;

public sealed class StrictJsonTests
{
    [TestCase("""{}""")]
    [TestCase("""{"prompt":"hi","target":{"model":"gpt-5","reasoning":"auto"},"locked":[{"start":0,"end":2}],"metadata":{"a":"b"},"explain":true,"maxTechniques":3}""")]
    [TestCase("""{"prompt":null,"variations":2}""")]
    [TestCase("""{"prompt":"\ud83d\ude00"}""")]
    public void Check_WhenTheBodyIsAMessage_Returns(string json)
    {
        Assert.That(() => Check(json), Throws.Nothing);
    }

    [TestCase("""{"promt":"hi"}""", "promt")]
    [TestCase("""{"target":{"modell":"x"}}""", "target/modell")]
    [TestCase("""{"locked":[{"start":0,"end":2},{"start":0,"stop":2}]}""", "locked/1/stop")]
    [TestCase("""{"prompt":"a","prompt":"b"}""", "prompt")]
    [TestCase("""{"metadata":{"a":"b","a":"c"}}""", "metadata/a")]
    [TestCase("""{"max_techniques":3}""", "max_techniques")]
    [TestCase("""{"prompt":5}""", "prompt")]
    [TestCase("""{"variations":"2"}""", "variations")]
    [TestCase("""{"variations":2.5}""", "variations")]
    [TestCase("""{"variations":99999999999}""", "variations")]
    [TestCase("""{"explain":"true"}""", "explain")]
    [TestCase("""{"locked":{"start":0}}""", "locked")]
    [TestCase("""{"goals":[null]}""", "goals/0")]
    [TestCase("""{"target":[]}""", "target")]
    [TestCase("""{"prompt":"a\u0000b"}""", "prompt")]
    [TestCase("""{"prompt":"a\ud800b"}""", "prompt")]
    [TestCase("""{"prompt":"\udc00"}""", "prompt")]
    [TestCase("""{"metadata":{"k":"\ud83d"}}""", "metadata/k")]
    public void Check_WhenAFieldIsWrong_NamesIt(string json, string field)
    {
        var error = Assert.Throws<RequestException>(() => Check(json))!;

        Assert.That(error.Fault, Is.EqualTo(RequestFault.Invalid));
        Assert.That(error.Errors.Select(e => e.Field), Is.EqualTo(new[] { field }));
    }

    [TestCase("""{"prompt":5}""", "is a number; send a string")]
    [TestCase("""{"explain":0}""", "is a number; send true or false")]
    [TestCase("""{"variations":2.5}""", "is a number that does not fit; send a whole number")]
    public void Check_WhenANumberIsWrong_SaysWhetherItsTypeOrItsValueIs(string json, string problem)
    {
        var error = Assert.Throws<RequestException>(() => Check(json))!;

        Assert.That(error.Errors.Single().Problem, Is.EqualTo(problem));
    }

    [TestCase("tomorrow")]
    [TestCase("2026-01-31")]
    [TestCase("2026-01-31T12:00:00")]
    [TestCase("2026-02-30T12:00:00Z")]
    [TestCase("99999-01-31T12:00:00Z")]
    [TestCase("")]
    public void Check_WhenATimeIsNone_NamesTheField(string time)
    {
        var error = Assert.Throws<RequestException>(() => StrictJson.Check(Encoding.UTF8.GetBytes($$"""{"expiresAt":"{{time}}"}"""), CreateApiKeyRequest.Descriptor))!;

        Assert.That(error.Errors.Select(e => e.Field), Is.EqualTo(new[] { "expiresAt" }));
    }

    [TestCase("2026-01-31T12:00:00Z")]
    [TestCase("2026-01-31T12:00:00.123456789+01:00")]
    public void Check_WhenATimeIsRfc3339_Returns(string time)
    {
        Assert.That(() => StrictJson.Check(Encoding.UTF8.GetBytes($$"""{"expiresAt":"{{time}}"}"""), CreateApiKeyRequest.Descriptor), Throws.Nothing);
    }

    [TestCase("")]
    [TestCase("[]")]
    [TestCase("\"prompt\"")]
    [TestCase("{")]
    [TestCase("""{"prompt":"hi",}""")]
    [TestCase("""{"prompt":"hi"} x""")]
    [TestCase("""{"prompt":"hi"}{}""")]
    [TestCase("""{/* why */"prompt":"hi"}""")]
    [TestCase("""{"prompt":NaN}""")]
    [TestCase("{\"prompt\":\"a\u0001b\"}")]
    public void Check_WhenTheBodyIsNoJsonObject_SaysSo(string json)
    {
        var error = Assert.Throws<RequestException>(() => Check(json))!;

        Assert.That(error.Code, Is.EqualTo("invalid_body"));
    }

    [Test]
    public void Check_WhenTheBodyIsNotUtf8_SaysSo()
    {
        byte[] body = [.. "{\"prompt\":\""u8, 0xC3, 0x28, .. "\"}"u8];

        var error = Assert.Throws<RequestException>(() => StrictJson.Check(body, EnhanceRequest.Descriptor))!;

        Assert.That(error.Message, Does.Contain("UTF-8"));
    }

    [Test]
    public void Check_WhenNestedTooDeep_Refuses()
    {
        string json = string.Concat(Enumerable.Repeat("{\"target\":", 100)) + "1" + new string('}', 100);

        Assert.Throws<RequestException>(() => Check(json));
    }

    private static void Check(string json) => StrictJson.Check(Encoding.UTF8.GetBytes(json), EnhanceRequest.Descriptor);
}
