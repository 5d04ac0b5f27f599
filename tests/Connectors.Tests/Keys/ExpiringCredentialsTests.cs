using Gateway.Connectors.Contracts;
using Gateway.Connectors.Keys;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Tests.Keys;

public sealed class ExpiringCredentialsTests
{
    private static readonly DateTimeOffset Now = new(2030, 6, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(365, 14, true)]
    [InlineData(365, 15, false)]
    [InlineData(90, 9, true)]
    [InlineData(90, 10, false)]
    [InlineData(90, 0, false)]
    [InlineData(90, -1, false)]
    public void Warned_of_are_those_in_their_last_fortnight_or_tenth(int life, int left, bool warned) =>
        Assert.Equal(warned, ExpiringCredentials.Find([Of("a", life, left)], Now).Count == 1);

    [Fact]
    public void One_that_a_later_one_replaces_is_not_warned_of()
    {
        var old = Of("a", 90, 3);

        Assert.Empty(ExpiringCredentials.Find([old, Of("b", 90, 80)], Now));
        Assert.Empty(ExpiringCredentials.Find([old, Of("b", 90, 80) with { ExpiresAt = null }], Now));
        Assert.Single(ExpiringCredentials.Find([old, Of("b", 90, 80) with { RevokedAt = Now }], Now));
        Assert.Single(ExpiringCredentials.Find([old, Of("b", 90, 80) with { Agent = Id<Agent>.Parse("other") }], Now));
    }

    [Fact]
    public void Those_that_hold_no_more_or_for_ever_are_not_warned_of()
    {
        Assert.Empty(ExpiringCredentials.Find([Of("a", 90, 3) with { RevokedAt = Now }], Now));
        Assert.Empty(ExpiringCredentials.Find([Of("a", 90, 3) with { ExpiresAt = null }], Now));
    }

    private static CredentialRecord Of(string id, int life, int left) =>
        new()
        {
            Id = id,
            Tenant = Id<Tenant>.Parse("acme"),
            Workspace = Id<Workspace>.Parse("main"),
            Agent = Id<Agent>.Parse("assistant"),
            Kind = CredentialKind.Bearer,
            KeyVersion = 1,
            Material = "material",
            CreatedAt = Now.AddDays(left - life),
            ExpiresAt = Now.AddDays(left),
        };
}
