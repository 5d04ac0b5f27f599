using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Evaluation;

public sealed class PermissionControlTests
{
    private const string Limit = "amount: /amount, max: 100, currency: /currency is EUR";

    [Theory]
    [InlineData(null, ReasonCode.None)]
    [InlineData("system/act", ReasonCode.None)]
    [InlineData("system/other", ReasonCode.CapabilityUndeclared)]
    [InlineData("", ReasonCode.CapabilityUndeclared)]
    public void Operation_OutsideTheCapabilities_FailsControl6(string? capabilities, ReasonCode reason) =>
        Judged(new World { Capabilities = capabilities, More = Other }, reason);

    [Theory]
    [InlineData("", "", ReasonCode.None)]
    [InlineData("support", "", ReasonCode.None)]
    [InlineData("support, sales", "sales", ReasonCode.None)]
    [InlineData("support", "sales", ReasonCode.PurposeMismatch)]
    [InlineData("", "sales", ReasonCode.PurposeMismatch)]
    public void Operation_ThatServesNoPurposeOfTheAgent_FailsControl6(string declared, string served, ReasonCode reason) =>
        Judged(new World { Purposes = declared, OperationPurposes = served }, reason);

    [Theory]
    [InlineData("timezone: UTC, from: \"08:00\", to: \"18:00\"", null, ReasonCode.None)]
    [InlineData("timezone: UTC, from: \"08:00\", to: \"12:00\"", null, ReasonCode.OutsideHours)]
    [InlineData(null, "timezone: UTC, days: [thu], from: \"08:00\", to: \"18:00\"", ReasonCode.OutsideHours)]
    [InlineData("timezone: UTC, from: \"08:00\", to: \"18:00\"", "timezone: UTC, from: \"12:01\", to: \"18:00\"", ReasonCode.OutsideHours)]
    public void Moment_OutsideTheHoursOfAgentOrPermission_FailsControl6(string? agent, string? permission, ReasonCode reason) =>
        Judged(new World { Hours = agent, PermissionHours = permission }, reason);

    [Fact]
    public void Moment_ThatNobodySaid_IsOutsideAnyHours() =>
        Judged(new World { Hours = "timezone: UTC, from: \"00:00\", to: \"24:00\"", Now = default }, ReasonCode.OutsideHours);

    [Theory]
    [InlineData("""{"amount": 100, "currency": "EUR"}""", ReasonCode.None)]
    [InlineData("""{"amount": 100.01, "currency": "EUR"}""", ReasonCode.TransactionOverLimit)]
    [InlineData("""{"amount": 1e9, "currency": "EUR"}""", ReasonCode.TransactionUnreadable)]
    [InlineData("""{"amount": 1, "currency": "USD"}""", ReasonCode.TransactionUnreadable)]
    [InlineData("""{"amount": "1", "currency": "EUR"}""", ReasonCode.TransactionUnreadable)]
    [InlineData("""{"currency": "EUR"}""", ReasonCode.TransactionUnreadable)]
    [InlineData("", ReasonCode.TransactionUnreadable)]
    public void Amount_OverTheLimitOrUnreadable_FailsControl6_WhoeverSetTheLimit(string arguments, ReasonCode reason)
    {
        Judged(new World { Transaction = Limit, Arguments = arguments }, reason);
        Judged(new World { PermissionTransaction = Limit, Arguments = arguments }, reason);
    }

    [Fact]
    public void Limits_OfOperationAndPermission_BothCount() =>
        Judged(
            new World
            {
                Transaction = "amount: /amount, max: 100",
                PermissionTransaction = "amount: /amount, max: 10",
                Arguments = """{"amount": 50}""",
            },
            ReasonCode.TransactionOverLimit
        );

    [Fact]
    public void Term_ThatFails_IsNotLiftedByAnApproval() =>
        Assert.Equal(
            Verdict.Block,
            new World
            {
                Transaction = Limit,
                Gate = "active: true",
                HumanApproval = true,
            }
                .Judge()
                .Verdict
        );

    private const string Other =
        "apiVersion: gateway/v1\nkind: Connector\nmetadata: {tenant: demo, name: other}\n"
        + "spec: {type: http, baseAddress: 'https://o.example', operations: [{name: other, action: read, risk: low, "
        + "methods: [GET], path: /}]}\n";

    private static void Judged(World world, ReasonCode reason)
    {
        world = world.Capabilities == "system/other" ? world with { Capabilities = "other/other" } : world;
        var decision = world.Judge();

        Assert.Equal(reason == ReasonCode.None ? Verdict.Allow : Verdict.Block, decision.Verdict);
        Assert.Equal(reason, decision.Path[5].Reason);
        Assert.Equal(reason == ReasonCode.None ? [] : [reason], decision.Reasons);
    }
}
