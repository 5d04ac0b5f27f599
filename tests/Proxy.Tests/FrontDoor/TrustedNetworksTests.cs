using System.Net;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Proxy.FrontDoor;

namespace Gateway.Proxy.Tests.FrontDoor;

public sealed class TrustedNetworksTests
{
    [Theory]
    [InlineData("10.0.0.7", "10.0.0.7", true)]
    [InlineData("10.0.0.7", "10.0.0.8", false)]
    [InlineData("10.0.0.0/8", "10.255.255.255", true)]
    [InlineData("10.0.0.0/8", "11.0.0.0", false)]
    [InlineData("10.0.0.0/8", "::ffff:10.1.2.3", true)]
    [InlineData("::ffff:10.0.0.0/104", "10.1.2.3", true)]
    [InlineData("10.0.0.0/8", "::10.1.2.3", false)]
    [InlineData("fd00::/8", "fd12::1", true)]
    [InlineData("fd00::/8", "fe80::1%3", false)]
    [InlineData("fd12::1", "fd12::1", true)]
    public void A_peer_is_trusted_by_its_address_or_its_range(string trusted, string peer, bool expected) =>
        Assert.Equal(expected, Networks(trusted).Contains(IPAddress.Parse(peer)));

    [Fact]
    public void Nobody_is_trusted_where_nothing_is_named_and_nobody_without_an_address()
    {
        Assert.False(TrustedNetworks.None.Contains(IPAddress.Loopback));
        Assert.False(Networks("127.0.0.1").Contains(null));
    }

    [Theory]
    [InlineData("proxy.example")]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("10/8")]
    [InlineData("10.0.0.7:80")]
    [InlineData("fe80::1%3")]
    [InlineData("10.0.0.0/")]
    [InlineData("10.0.0.0/-8")]
    [InlineData("10.0.0.0/+8")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/255.0.0.0")]
    [InlineData("0.0.0.0/0")]
    [InlineData("0.0.0.0/7")]
    [InlineData("::/0")]
    [InlineData("::ffff:0.0.0.0/96")]
    [InlineData("10.0.0.7/8")]
    public void What_is_no_range_or_the_internet_is_told_and_trusts_nobody(string text)
    {
        var problems = new List<string>();

        var networks = TrustedNetworks.Of([text], problems.Add);

        Assert.True(networks.IsEmpty);
        Assert.Contains($"'{text}'", Assert.Single(problems), StringComparison.Ordinal);
    }

    [Fact]
    public void A_range_holds_exactly_the_addresses_with_its_first_bits() =>
        Prop.ForAll(
                (
                    from range in Gen.Choose(int.MinValue, int.MaxValue)
                    from peer in Gen.Choose(int.MinValue, int.MaxValue)
                    from bits in Gen.Choose(8, 32)
                    select (range, peer, bits)
                ).ToArbitrary(),
                drawn =>
                {
                    var (range, peer, bits) = drawn;
                    var mask = uint.MaxValue << (32 - bits);
                    var near = ((uint)range & mask) | ((uint)peer & ~mask); // At random hardly any peer is inside.
                    var networks = Networks($"{Address((uint)range & mask)}/{bits}");
                    return networks.Contains(Address(near))
                        && networks.Contains(Address((uint)peer)) == (((uint)peer & mask) == ((uint)range & mask));
                }
            )
            .QuickCheckThrowOnFailure();

    private static TrustedNetworks Networks(string trusted) => TrustedNetworks.Of([trusted], static problem => Assert.Fail(problem));

    private static IPAddress Address(uint bits) => new([(byte)(bits >> 24), (byte)(bits >> 16), (byte)(bits >> 8), (byte)bits]);
}
