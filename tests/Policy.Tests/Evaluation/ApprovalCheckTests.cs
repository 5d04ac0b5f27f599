using Gateway.Policy.Evaluation;
using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Evaluation;

/// <summary>An approval is an input to the decision: of the right people, enough of them, and it opens nothing else.</summary>
public sealed class ApprovalCheckTests
{
    private const string Group =
        "apiVersion: gateway/v1\nkind: ApproverGroup\nmetadata: {tenant: demo, name: owners}\nspec: "
        + "{members: [cleo, dora, 'Ada  sample', emil]}\n";

    /// <summary>A payment, which a senior may only do with an approval.</summary>
    private static World Paying(string gate = "active: true") =>
        new()
        {
            Level = "L3",
            Action = "financial",
            Gate = gate,
            More = Group,
        };

    [Fact]
    public void ActionThatNeedsAnApproval_GoesAheadWithOne_InDetail()
    {
        Assert.Equal(Verdict.RequireApproval, Paying().Judge().Verdict);
        var decision = Paying().Approved("cleo");
        Assert.Equal((Verdict.Allow, true), (decision.Verdict, decision.Approved));
        Assert.True(decision.Obligations.LogDetailed);
    }

    [Theory]
    [InlineData("zoe")]
    [InlineData("")]
    public void PeopleWhomNoGateAsks_ApproveNothing(string person) =>
        Assert.Equal(Verdict.RequireApproval, Paying().Approved(person).Verdict);

    [Fact]
    public void GroupWithoutADocument_HasNobodyInIt() =>
        Assert.Equal(Verdict.RequireApproval, (Paying() with { More = null }).Approved("cleo", "dora").Verdict);

    [Fact]
    public void Quorum_CountsEachPersonOnce_HoweverTheNameIsSpelt()
    {
        var two = Paying("active: true, quorum: 2");
        Assert.Equal(Verdict.RequireApproval, two.Approved("cleo").Verdict);
        Assert.Equal(Verdict.RequireApproval, two.Approved("cleo", " CLEO ", "os:cleo").Verdict);
        Assert.Equal(Verdict.Allow, two.Approved("cleo", "os:dora").Verdict);
    }

    [Fact]
    public void Owners_DoNotApproveForTheirOwnAgent_UnlessTheGateSaysSo()
    {
        Assert.Equal(Verdict.RequireApproval, Paying().Approved("ada sample").Verdict);
        Assert.Equal(Verdict.RequireApproval, Paying().Approved("os:Ada Sample").Verdict);
        Assert.Equal(Verdict.Allow, Paying("active: true, ownersMayApprove: true").Approved("ada sample").Verdict);
    }

    [Fact]
    public void GateThatInsists_IsAnsweredByItsOwnApproversOnly()
    {
        var world = Paying("active: true") with { OtherGate = "active: true, always: true, quorum: 2" };
        Assert.Equal(Verdict.RequireApproval, world.Approved("cleo").Verdict);
    }

    [Theory]
    [InlineData("suspended")]
    [InlineData("draft")]
    public void ApprovalLiftsNoStatus(string status) =>
        Assert.Equal(Verdict.Block, (Paying() with { Status = status }).Approved("cleo", "dora", "emil").Verdict);

    private const string OnCall =
        "---\napiVersion: gateway/v1\nkind: ApproverGroup\nmetadata: {tenant: demo, name: oncall}\nspec: "
        + "{members: [flo, 'Ada Sample', 'os:Ben Sample']}\n";

    /// <summary>Two must approve; one of those on call is enough in an emergency.</summary>
    private static World Emergency(string more = "") =>
        Paying($"active: true, quorum: 2, ownersMayApprove: true, breakGlass: {{groups: [oncall]{more}}}") with
        {
            More = Group + OnCall,
        };

    [Fact]
    public void Emergency_OfOneWhoIsNamedForIt_StandsForTheQuorum_AndOpensAnIncident()
    {
        var decision = Emergency().Broken("os:Flo");

        Assert.Equal((Verdict.Allow, true, true), (decision.Verdict, decision.Approved, decision.OpensIncident));
        Assert.Equal(Severity.Critical, decision.Severity);
        Assert.True(decision.Obligations.LogDetailed);
        Assert.False(Emergency().Approved("cleo", "dora").OpensIncident);
    }

    [Theory]
    [InlineData("cleo")] // Approves, and isn't named for emergencies.
    [InlineData("ada sample")] // Owns the agent, which ownersMayApprove lifts for approvals only.
    [InlineData("os:ben  sample")]
    [InlineData("")]
    public void Emergency_OfAnybodyElse_LiftsNothing(string person) =>
        Assert.Equal(Verdict.RequireApproval, Emergency().Broken(person).Verdict);

    [Fact]
    public void WhoMayInAnEmergency_ApprovesNothingOtherwise()
    {
        Assert.Equal(Verdict.RequireApproval, Emergency().Approved("flo", "cleo").Verdict);
        Assert.Equal(Verdict.RequireApproval, Paying("active: true, quorum: 2").Broken("cleo").Verdict);
    }

    [Theory]
    [InlineData("suspended")]
    [InlineData("retired")]
    [InlineData("draft")]
    public void Emergency_LiftsNoStatus(string status) =>
        Assert.Equal(Verdict.Block, (Emergency() with { Status = status }).Broken("flo").Verdict);

    [Fact]
    public void Emergency_LiftsNoBlock_AndNoRegistration()
    {
        Assert.Equal(Verdict.Block, (Emergency() with { IntentAgent = "stranger" }).Broken("flo").Verdict);
        Assert.Equal(Verdict.Block, (Emergency() with { Level = "L1" }).Broken("flo").Verdict);
        Assert.Equal(
            Verdict.Block,
            (Emergency() with { Rules = ["{name: never, effect: block, match: {actions: [financial]}}"] }).Broken("flo").Verdict
        );
    }

    [Fact]
    public void Document_SaysHowOftenAPersonMay()
    {
        Assert.Equal(3, PerDay(Emergency(), "FLO"));
        Assert.Equal(1, PerDay(Emergency(", perDay: 1"), "flo"));
        Assert.Equal(0, PerDay(Emergency(), "cleo"));
        Assert.Equal(0, PerDay(Emergency(), "ada sample"));
    }

    private static int PerDay(World world, string person)
    {
        var tenant = world.Compile().Find(Id<Tenant>.Parse("demo"))!;
        return ApprovalCheck.BreaksPerDay(tenant, "agent", [.. tenant.Gates.Select(gate => gate.Name)], person);
    }
}
