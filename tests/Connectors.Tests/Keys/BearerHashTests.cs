using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Connectors.Keys;
using Gateway.Connectors.Tests.Vaults;
using Gateway.Connectors.Vaults;

namespace Gateway.Connectors.Tests.Keys;

public sealed class BearerHashTests
{
    private readonly NamedKey _key = TestKeys.New("p1");
    private readonly KeyRing _pepper;
    private readonly string _secret = NewSecret();

    public BearerHashTests() => _pepper = TestKeys.Ring(KeyPurpose.BearerPepper, _key);

    [Fact]
    public void Compute_IsTheHmacOfTheSecret_UnderTheCurrentPepper()
    {
        var expected = Convert.ToBase64String(HMACSHA256.HashData(_key.Bytes, Encoding.ASCII.GetBytes(_secret)));

        Assert.Equal("p1:" + expected, BearerHash.Compute(_pepper, _secret));
    }

    [Fact]
    public void Verify_TheSecretAndNoOther()
    {
        var stored = BearerHash.Compute(_pepper, _secret);

        Assert.True(BearerHash.Verify(_pepper, stored, _secret));
        Assert.False(BearerHash.Verify(_pepper, stored, NewSecret()));
        Assert.False(BearerHash.Verify(_pepper, stored, _secret.AsSpan(1)));
        Assert.False(BearerHash.Verify(_pepper, stored, ""));
        Assert.False(BearerHash.Verify(_pepper, stored, new string('é', AgentKeyText.SecretLength)));
    }

    [Fact]
    public void Verify_AnOlderPepper_StillHolds_UntilItIsDropped()
    {
        var stored = BearerHash.Compute(_pepper, _secret);
        var next = TestKeys.New("p2");

        Assert.True(BearerHash.Verify(TestKeys.Ring(KeyPurpose.BearerPepper, next, _key), stored, _secret));
        Assert.False(BearerHash.Verify(TestKeys.Ring(KeyPurpose.BearerPepper, next), stored, _secret));
        Assert.False(BearerHash.Verify(TestKeys.Ring(KeyPurpose.BearerPepper, TestKeys.New("p1")), stored, _secret));
    }

    [Fact]
    public void Verify_AnyStoredTextThatIsNoHash_IsFalse()
    {
        var stored = BearerHash.Compute(_pepper, _secret);

        Assert.All(
            ["", ":", "p1:", stored[1..], stored[..^1], stored + "=", stored[3..]],
            text => Assert.False(BearerHash.Verify(_pepper, text, _secret))
        );
        Prop.ForAll(
                ArbMap.Default.ArbFor<string>(),
                text => !BearerHash.Verify(_pepper, text, _secret) && !BearerHash.Verify(_pepper, "p1:" + text, _secret)
            )
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Verify_AllocatesNothing()
    {
        var stored = BearerHash.Compute(_pepper, _secret);
        BearerHash.Verify(_pepper, stored, _secret);
        var before = GC.GetAllocatedBytesForCurrentThread();
        BearerHash.Verify(_pepper, stored, _secret);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void AKeyForAnotherPurpose_IsRefused()
    {
        var wrong = TestKeys.Ring(KeyPurpose.DecisionSigning, _key);

        Assert.Throws<ArgumentException>(() => BearerHash.Compute(wrong, _secret));
        Assert.False(BearerHash.Verify(wrong, BearerHash.Compute(_pepper, _secret), _secret));
    }

    private static string NewSecret() => RandomNumberGenerator.GetString("abcdefABCDEF0123456789", AgentKeyText.SecretLength);
}
