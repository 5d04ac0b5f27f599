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
}
