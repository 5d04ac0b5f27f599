using Gateway.Policy.Evaluation;
using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Model;

public sealed class ReadsTests
{
    private const string Day = "timezone: UTC, from: \"08:00\", to: \"18:00\"";

    [Fact]
    public void Decision_OfNobody_IsNotCacheable() => Assert.False(new Decision().IsClassCacheable);

    [Fact]
    public void Decision_ByDocumentsAndStandingAlone_IsOfItsWholeClass()
    {
        var decision = new World().Judge();

        Assert.Equal(Reads.Agent | Reads.Documents | Reads.Standing, decision.Reads);
        Assert.True(decision.IsClassCacheable);
    }

    [Fact]
    public void Decision_ThatStopsEarly_ReadNoMoreThanThat()
    {
        Assert.Equal(
            Reads.Agent,
            new World { IntentAgent = "stranger" }
                .Judge()
                .Reads
        );
        Assert.Equal(
            Reads.Agent | Reads.Standing,
            new World { Status = "suspended" }
                .Judge()
                .Reads
        );
    }

    [Fact]
    public void Decision_WithALimitOnAmounts_ReadTheArguments_EvenWhereAnotherTermFails()
    {
        Assert.True(IsReadOf(new World { Transaction = "amount: /amount, max: 1" }, Reads.Arguments));
        Assert.True(IsReadOf(new World { PermissionTransaction = "amount: /amount, max: 1", Capabilities = "" }, Reads.Arguments));
    }

    [Fact]
    public void Decision_WithHours_ReadTheClock()
    {
        Assert.True(IsReadOf(new World { Hours = Day }, Reads.Clock));
        Assert.True(IsReadOf(new World { PermissionHours = Day }, Reads.Clock));
    }

    [Fact]
    public void Decision_WithAPromotionAhead_ReadTheClock_AndWithOneBehindDidNot()
    {
        const string Signed =
            "apiVersion: gateway/v1\nkind: Profile\nmetadata: {tenant: demo, name: own}\nspec: {signOffs: {L2: 2, L3: 2, L4: 2}}\n";
        var world = new World
        {
            Level = "L2",
            Profile = "own",
            More = Signed,
            Promotions = "{to: L2, on: 2030-01-02, signedBy: [Cy, Di]}",
        };

        Assert.False(IsReadOf(world, Reads.Clock));
        Assert.True(IsReadOf(world with { Now = world.Now.AddDays(-1) }, Reads.Clock));
    }

    [Theory]
    [InlineData("match: {tool_names: [system/act], identities: [agent]}", Reads.Agent | Reads.Documents | Reads.Standing)]
    [InlineData("when: 'intent.risk == \"low\"'", Reads.Agent | Reads.Documents | Reads.Standing)]
    [InlineData("when: args.?n.orValue(1) == 2", Reads.Agent | Reads.Documents | Reads.Standing | Reads.Arguments)]
    [InlineData("when: session.id == ''", Reads.Agent | Reads.Documents | Reads.Standing | Reads.Session)]
    [InlineData("when: time.getHours() == 3", Reads.Agent | Reads.Documents | Reads.Standing | Reads.Clock)]
    [InlineData("when: intent.path.startsWith('/x')", Reads.Agent | Reads.Documents | Reads.Standing | Reads.Arguments)]
    [InlineData("when: 'query.?x.hasValue()'", Reads.Agent | Reads.Documents | Reads.Standing | Reads.Arguments)]
    [InlineData("match: {tool_names: [system/other]}, when: args.n == 2", Reads.Agent | Reads.Documents | Reads.Standing)]
    public void Decision_WithARule_ReadWhatTheRuleMayRead(string rule, Reads reads) =>
        Assert.Equal(
            reads,
            new World { Rules = [$"{{name: r, effect: block, {rule}}}"] }
                .Judge()
                .Reads
        );

    [Fact]
    public void Decision_WithARuleOnTargets_IsOfOneAction() =>
        Assert.False(
            new World { Rules = ["{name: r, effect: block, match: {destination_values: ['https://x']}}"] }
                .Judge()
                .IsClassCacheable
        );

    [Fact]
    public void Strictest_OfADecisionThatNobodyTracked_IsNotCacheable()
    {
        var known = new World().Judge();

        Assert.False(Evaluator.Stricter(known, new Decision { Verdict = Verdict.Allow }).IsClassCacheable);
        Assert.False(Evaluator.Stricter(known, known with { Reads = Reads.Agent | Reads.Session }).IsClassCacheable);
        Assert.True(Evaluator.Stricter(known, known).IsClassCacheable);
    }

    private static bool IsReadOf(World world, Reads what)
    {
        var decision = world.Judge();
        Assert.NotEqual((decision.Reads & Reads.OfOneAction) == 0, !decision.IsClassCacheable);
        return (decision.Reads & what) != 0;
    }
}
