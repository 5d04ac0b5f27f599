using Gateway.Policy.Model;
using Gateway.Policy.Tests.Documents;

namespace Gateway.Policy.Tests.Model;

/// <summary>Every agent has limits: its own, else its tenant's, else the built-in ones.</summary>
public sealed class AgentLimitsTests
{
    private const string Own = "rate: {requests: 5, period: 1s}, modelTokens: {tokens: 9, window: 1h}, concurrency: 3";
    private const string Defaults = "rate: {requests: 50, period: 1s}, modelTokens: {tokens: 90, window: 1h}, concurrency: 30";

    [Theory]
    [InlineData("", null, "600 in 60 s, 600 at once (built-in)", "150000000 in 86400 s (built-in)", "100 (built-in)")]
    [InlineData("", "", "600 in 60 s, 600 at once (built-in)", "150000000 in 86400 s (built-in)", "100 (built-in)")]
    [InlineData("", Defaults, "50 in 1 s, 50 at once (its tenant's)", "90 in 3600 s (its tenant's)", "30 (its tenant's)")]
    [InlineData(Own, Defaults, "5 in 1 s, 5 at once (its own)", "9 in 3600 s (its own)", "3 (its own)")]
    [InlineData(Own, null, "5 in 1 s, 5 at once (its own)", "9 in 3600 s (its own)", "3 (its own)")]
    [InlineData(
        "concurrency: 3",
        "concurrency: 30",
        "600 in 60 s, 600 at once (built-in)",
        "150000000 in 86400 s (built-in)",
        "3 (its own)"
    )]
    [InlineData("rate: none, modelTokens: none, concurrency: none", Defaults, "none (its own)", "none (its own)", "none (its own)")]
    [InlineData("", "rate: none, concurrency: 30", "none (its tenant's)", "150000000 in 86400 s (built-in)", "30 (its tenant's)")]
    [InlineData(
        Own,
        "rate: none, modelTokens: none, concurrency: none",
        "5 in 1 s, 5 at once (its own)",
        "9 in 3600 s (its own)",
        "3 (its own)"
    )]
    public void Limit_is_the_agents_then_the_tenants_then_built_in(
        string own,
        string? defaults,
        string rate,
        string tokens,
        string concurrency
    ) => Assert.Equal([$"rate {rate}", $"modelTokens {tokens}", $"concurrency {concurrency}"], LimitText.Of(Compile(own, defaults)));

    /// <summary>Whatever documents leave out, nobody is without a limit that no document lifts in so many letters.</summary>
    [Fact]
    public void Nothing_said_is_never_no_limit() =>
        Assert.All(
            new[] { LimitKinds.Rate, LimitKinds.ModelTokens, LimitKinds.Concurrency },
            kind => Assert.True(StatedLimits.BuiltIn.Says(kind) && (StatedLimits.BuiltIn.Lifted & kind) == 0)
        );

    [Theory]
    [InlineData("rate: unlimited")]
    [InlineData("rate: None")]
    [InlineData("rate: null")]
    [InlineData("concurrency: 0")]
    [InlineData("concurrency: unlimited")]
    [InlineData("modelTokens: ''")]
    public void No_other_word_lifts_a_limit(string limit)
    {
        Assert.Null(Governance.Compile(Tenant(null), Workspace, Agent(limit)).Value);
        Assert.Null(Governance.Compile(Tenant(limit), Workspace, Agent("")).Value);
    }

    /// <summary>Where a profile demands a rate for a level, somebody must have thought of one for this agent.</summary>
    [Theory]
    [InlineData("", false)]
    [InlineData("rate: none", false)]
    [InlineData("rate: {requests: 5, period: 1s}", true)]
    public void Default_backs_no_level(string own, bool backed)
    {
        var profile = "apiVersion: gateway/v1\nkind: Profile\nmetadata: {tenant: demo, name: asks}\nspec: {binds: {rate: L1}}\n";
        var tenant = Tenant(Defaults).Replace("spec: {", "spec: {profile: asks, ", StringComparison.Ordinal);
        var dossier = Governance.Compiled(tenant, Workspace, profile, Agent(own)).Find(Id<Tenant>.Parse("demo"))!.Agents[
            Id<Agent>.Parse("one")
        ];

        Assert.Equal(backed ? null : "rate", dossier.Backing.LacksOn(new DateOnly(2030, 1, 1)));
    }

    private static AgentLimits Compile(string own, string? defaults) =>
        Governance.Compiled(Tenant(defaults), Workspace, Agent(own)).Find(Id<Tenant>.Parse("demo"))!.Agents[Id<Agent>.Parse("one")].Limits;

    private const string Workspace =
        "apiVersion: gateway/v1\nkind: Workspace\nmetadata: {tenant: demo, name: main}\nspec: {environment: development}\n";

    private static string Tenant(string? defaults) =>
        $"{Governance.Tenant}spec: {{{(defaults is null ? "" : $"agentDefaults: {{{defaults}}}")}}}\n";

    private static string Agent(string limits) =>
        "apiVersion: gateway/v1\nkind: Agent\nmetadata: {tenant: demo, name: one}\nspec: {status: active, level: L2, risk: low"
        + (limits.Length > 0 ? ", " : "")
        + $"{limits}}}\n";
}
