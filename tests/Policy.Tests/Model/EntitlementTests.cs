using Gateway.Policy.Model;
using Gateway.Policy.Tests.Documents;

namespace Gateway.Policy.Tests.Model;

/// <summary>What a tenant isn't entitled to is refused, and the refusal names the line that would allow it.</summary>
public sealed class EntitlementTests
{
    private static readonly Id<Tenant> Demo = Id<Tenant>.Parse("demo");

    [Fact]
    public void Nothing_said_entitles_to_nothing()
    {
        var snapshot = Governance.Compiled(Governance.Tenant);

        Assert.All(Enum.GetValues<Entitlement>(), one => Assert.False(default(Entitlements).Include(one)));
        Assert.All(Vocabulary.Entitlement.Values, one => Assert.False(snapshot.IsEntitled(Demo, one, out _)));
    }

    /// <summary>A number that a later program may write is none that this one knows.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(-1)]
    [InlineData(-31)]
    public void What_is_no_entitlement_is_never_granted(int number) =>
        Assert.False(Entitlements.Of([.. Vocabulary.Entitlement.Values, (Entitlement)number]).Include((Entitlement)number));

    /// <summary>Of every list that there can be.</summary>
    [Fact]
    public void What_is_listed_is_granted_and_nothing_else()
    {
        var all = Vocabulary.Entitlement.Values;
        for (var chosen = 0; chosen < 1 << all.Count; chosen++)
        {
            var listed = all.Where((_, i) => (chosen & (1 << i)) != 0).ToHashSet();
            var words = string.Join(", ", listed.Select(Vocabulary.Entitlement.Text));
            var snapshot = Governance.Compiled($"{Governance.Tenant}spec: {{entitlements: [{words}]}}\n");
            Assert.All(
                all,
                one =>
                {
                    Assert.Equal(listed.Contains(one), snapshot.IsEntitled(Demo, one, out var missing));
                    Assert.Equal(listed.Contains(one), missing is null);
                }
            );
        }
    }

    [Fact]
    public void Refusal_names_the_tenant_the_entitlement_its_line_and_what_to_write()
    {
        Assert.False(Governance.Compiled(Governance.Tenant).IsEntitled(Demo, Entitlement.Bodies, out var missing));

        Assert.Equal("The tenant 'demo' isn't entitled to 'bodies': reading kept bodies.", missing.Problem);
        Assert.Equal("Add 'bodies' to the spec of its Tenant document, at a.yaml:1:1: 'entitlements: [bodies]'.", missing.Remedy);
    }

    /// <summary>Another tenant's list is no help, and a tenant that isn't there has none.</summary>
    [Fact]
    public void Tenant_that_is_not_there_is_entitled_to_nothing()
    {
        var snapshot = Governance.Compiled($"{Governance.Tenant}spec: {{entitlements: [bodies]}}\n");

        Assert.False(snapshot.IsEntitled(Id<Tenant>.Parse("other"), Entitlement.Bodies, out var missing));
        Assert.Contains("'kind: Tenant' with 'metadata: {name: other}'", missing.Remedy, StringComparison.Ordinal);
        Assert.False(snapshot.IsEntitled(default, Entitlement.Bodies, out _));
    }

    [Theory]
    [InlineData("entitlements: [body]")]
    [InlineData("entitlements: [bodies, bodies]")]
    [InlineData("entitlements: all")]
    [InlineData("entitlements: ['*']")]
    [InlineData("entitlement: [bodies]")]
    public void List_that_is_none_is_an_error(string spec) =>
        Assert.Null(Governance.Compile($"{Governance.Tenant}spec: {{{spec}}}\n").Value);

    [Fact]
    public void Entitlement_is_a_change_of_the_revision_and_no_list_is_as_it_was()
    {
        var none = Governance.Compiled(Governance.Tenant).Revision;

        Assert.NotEqual(none, Governance.Compiled($"{Governance.Tenant}spec: {{entitlements: [bodies]}}\n").Revision);
        Assert.Equal(none, Governance.Compiled($"{Governance.Tenant}spec: {{}}\n").Revision);
    }
}
