using System.Security.Cryptography;
using Gateway.Connectors.Vaults;

namespace Gateway.Connectors.Tests.Vaults;

public sealed class KeyDerivationTests
{
    [Fact]
    public void Derive_IsHkdfWithThePurposesLabel()
    {
        var master = TestKeys.Ring(KeyPurpose.Master);

        var derived = KeyDerivation.Derive(master, KeyPurpose.BearerPepper);

        var expected = HKDF.DeriveKey(
            HashAlgorithmName.SHA256,
            master.Current.Bytes.ToArray(),
            32,
            [],
            "gateway-key-v1/bearer-pepper"u8.ToArray()
        );
        Assert.Equal(expected, derived.Current.Bytes.ToArray());
        Assert.Equal(master.Current.Id, derived.Current.Id);
    }

    [Fact]
    public void Derive_APurposeThatIsAlwaysGiven_IsRefused()
    {
        var master = TestKeys.Ring(KeyPurpose.Master);

        Assert.Throws<ArgumentException>(() => KeyDerivation.Derive(master, KeyPurpose.DataEncryption));
        Assert.Throws<ArgumentException>(() => KeyDerivation.Derive(TestKeys.Ring(), KeyPurpose.BearerPepper));
    }

    [Fact]
    public void LabelOf_EveryPurpose_IsItsOwn()
    {
        var labels = Enum.GetValues<KeyPurpose>().Select(KeyPurposes.LabelOf).OfType<string>().ToList();

        Assert.Equal(labels.Distinct(), labels);
    }
}
