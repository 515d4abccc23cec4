using Grpc.Core;

namespace PromptPlatform.StandIns.Tests.Grpc;

public sealed class MetadataTests
{
    [Test]
    public void Add_LowersTheKey() =>
        Assert.That(new Metadata { { "X-Key", "v" } }.Single().Key, Is.EqualTo("x-key"));

    [Test]
    public void Get_GivesTheLastOfSeveral() =>
        Assert.That(new Metadata { { "k", "1" }, { "K", "2" } }.GetValue("k"), Is.EqualTo("2"));

    [TestCase("")]
    [TestCase("ä")]
    [TestCase("a b")]
    [TestCase("a:b")]
    public void Add_WithABadKey_Throws(string key) =>
        Assert.That(() => new Metadata().Add(key, "v"), Throws.ArgumentException);

    [TestCase("line\nbreak")]
    [TestCase("größer")]
    public void Add_WithTextThatIsNotPrintableAscii_Throws(string value) =>
        Assert.That(() => new Metadata().Add("k", value), Throws.ArgumentException);

    [Test]
    public void Add_OfBytesUnderATextKey_Throws() =>
        Assert.That(() => new Metadata().Add("k", [1]), Throws.ArgumentException);

    [Test]
    public void Add_OfTextUnderABinaryKey_Throws() =>
        Assert.That(() => new Metadata().Add("k-bin", "v"), Throws.ArgumentException);

    [Test]
    public void Empty_RefusesChanges() =>
        Assert.That(() => Metadata.Empty.Add("k", "v"), Throws.InvalidOperationException);

    [Test]
    public void ValueBytes_AreACopy()
    {
        byte[] bytes = [1, 2];
        var metadata = new Metadata { { "k-bin", bytes } };
        bytes[0] = 9;
        metadata.GetValueBytes("k-bin")![1] = 9;

        Assert.That(metadata.GetValueBytes("k-bin"), Is.EqualTo(new byte[] { 1, 2 }));
    }

    [Test]
    public void SetRpcStatus_ReplacesTheOldOne()
    {
        var metadata = new Metadata();
        metadata.SetRpcStatus(new Google.Rpc.Status { Code = 1 });
        metadata.SetRpcStatus(new Google.Rpc.Status { Code = 5, Message = "m" });

        Assert.That(metadata, Has.Count.EqualTo(1));
        Assert.That(metadata.GetRpcStatus()!.Message, Is.EqualTo("m"));
    }

    [Test]
    public void GetRpcStatus_OfWhatIsNoStatus_IsNullOnlyWhenToldSo()
    {
        var metadata = new Metadata { { "grpc-status-details-bin", [0xff, 0xff] } };

        Assert.That(metadata.GetRpcStatus(ignoreParseError: true), Is.Null);
        Assert.That(() => metadata.GetRpcStatus(), Throws.TypeOf<Google.Protobuf.InvalidProtocolBufferException>());
    }
}
