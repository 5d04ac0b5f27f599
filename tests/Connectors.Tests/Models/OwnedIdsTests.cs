using FsCheck;
using FsCheck.Fluent;
using Gateway.Connectors.Models;
using Gateway.Connectors.Vaults;
using Gateway.Policy.Model;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Connectors.Tests.Models;

public sealed class OwnedIdsTests
{
    private static readonly IdOwner Owner = OwnerOf("acme", "assistant", "openai");

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void The_agent_that_was_given_an_id_can_use_it_at_every_replica()
    {
        var sealedId = Ids("k1").Seal(Owner, "resp_0123abc");

        Assert.StartsWith("resp_0123abc-gw1-", sealedId, StringComparison.Ordinal);
        Assert.True(Ids("k1").TryOpen(Owner, sealedId, out var id));
        Assert.Equal("resp_0123abc", id);
    }

    [Theory]
    [InlineData("acme", "other", "openai")]
    [InlineData("other", "assistant", "openai")]
    [InlineData("acme", "assistant", "other")]
    [InlineData("acme-assistant", "assistant", "openai")]
    public void Nobody_else_can(string tenant, string agent, string connector)
    {
        var sealedId = Ids("k1").Seal(Owner, "resp_1");

        Assert.False(Ids("k1").TryOpen(OwnerOf(tenant, agent, connector), sealedId, out var id));
        Assert.Null(id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("resp_1")]
    [InlineData("-gw1-AAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("resp_1-gw1-AAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("resp_1-gw1-!!!!!!!!!!!!!!!!!!!!!!!!")]
    [InlineData("resp_1/x-gw1-AAAAAAAAAAAAAAAAAAAAAAAA")]
    public void What_was_never_given_out_opens_for_nobody(string id) => Assert.False(Ids("k1").TryOpen(Owner, id, out _));

    [Fact]
    public void Any_change_closes_it() =>
        Prop.ForAll<ushort, char>(
                (place, other) =>
                {
                    var sealedId = Ids("k1").Seal(Owner, "resp_0123abc").ToCharArray();
                    var at = place % sealedId.Length;
                    var isChanged = sealedId[at] != other;
                    sealedId[at] = other;
                    return Ids("k1").TryOpen(Owner, sealedId, out _) != isChanged;
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void An_id_ends_after_thirty_days()
    {
        var sealedId = Ids("k1").Seal(Owner, "resp_1");

        _time.Advance(TimeSpan.FromDays(30));
        Assert.True(Ids("k1").TryOpen(Owner, sealedId, out _));
        _time.Advance(TimeSpan.FromDays(1));
        Assert.False(Ids("k1").TryOpen(Owner, sealedId, out _));
    }

    [Fact]
    public void A_new_key_seals_and_the_older_one_still_opens()
    {
        var older = Ids("k1").Seal(Owner, "resp_1");
        var both = Ids("k2", "k1");

        Assert.True(both.TryOpen(Owner, older, out _));
        Assert.True(both.TryOpen(Owner, both.Seal(Owner, "resp_1"), out _));
        Assert.False(Ids("k2").TryOpen(Owner, older, out _));
        Assert.False(Ids("k1").TryOpen(Owner, both.Seal(Owner, "resp_1"), out _));
    }

    [Theory]
    [InlineData("has a blank")]
    [InlineData("line\nfeed")]
    [InlineData("")]
    [InlineData("ü")]
    [InlineData("..")]
    public void What_is_shaped_like_no_id_is_not_sealed(string id) => Assert.Equal(id, Ids("k1").Seal(Owner, id));

    private OwnedIds Ids(params string[] keys) =>
        new(
            new KeyRing(KeyPurpose.BearerPepper, [.. keys.Select(key => new NamedKey(key, Enumerable.Repeat((byte)key[1], 32).ToArray()))]),
            _time
        );

    private static IdOwner OwnerOf(string tenant, string agent, string connector) =>
        new(Id<Tenant>.Parse(tenant), Id<Agent>.Parse(agent), Id<Connector>.Parse(connector));
}
