using PromptPlatform.Gateway.Access;

namespace PromptPlatform.Gateway.Tests.Access;

internal sealed class ApiKeyTests
{
    // Made by Auth's rule, so that both sides cannot drift apart unseen.
    [TestCase("pp_test_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAzwSlt7", ExpectedResult = true)]
    [TestCase("pp_live_abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGpzVwyV", ExpectedResult = true)]
    [TestCase("pp_live_abcdefghijklmnopqrstuvwxyz0123456789ABCDEFHpzVwyV", ExpectedResult = false)]
    [TestCase("pp_test_abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGpzVwyV", ExpectedResult = false)]
    public bool HasRightChecksum_FollowsAuthsFormat(string key) => ApiKey.HasRightChecksum(key);

    [TestCase("pp_live_abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGpzVwyV", ExpectedResult = true)]
    [TestCase("pp_live_abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGpzVwy", ExpectedResult = false)]
    [TestCase("pp_live_abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGpzVwy-", ExpectedResult = false)]
    [TestCase("pp_demo_abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGpzVwyV", ExpectedResult = false)]
    public bool IsWellFormed_ChecksPrefixLengthAndAlphabet(string key) => ApiKey.IsWellFormed(key);
}
