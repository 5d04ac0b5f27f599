using Gateway.Policy.Compilation;
using Gateway.Policy.Documents;
using Gateway.Policy.Evaluation;
using Gateway.Policy.Model;
using Gateway.Testing;

namespace Gateway.Policy.Tests.Samples;

public sealed class SampleGovernanceTests
{
    private static readonly Snapshot Sample = Compile();

    [Theory]
    [InlineData("assistant", "openai", "chat", Door.OpenAi, Verdict.Allow, null)]
    [InlineData("assistant", "openai", "embeddings", Door.OpenAi, Verdict.Allow, null)]
    [InlineData("assistant", "anthropic", "messages", Door.Anthropic, Verdict.Allow, null)]
    [InlineData("assistant", "crm", "list-contacts", Door.Tool, Verdict.Allow, null)]
    [InlineData("assistant", "crm", "get-contact", Door.Tool, Verdict.Allow, null)]
    [InlineData("assistant", "crm", "create-note", Door.Tool, Verdict.Allow, null)]
    [InlineData("assistant", "crm", "tag-contact", Door.Tool, Verdict.Degrade, null)]
    [InlineData("assistant", "crm", "refund", Door.Tool, Verdict.RequireApproval, ReasonCode.ApprovalRequired)]
    [InlineData("assistant", "crm", "delete-contact", Door.Tool, Verdict.Block, ReasonCode.ApprovalGateMissing)]
    [InlineData("assistant", "crm", "export-contacts", Door.Tool, Verdict.Block, ReasonCode.ApprovalGateMissing)]
    [InlineData("intern", "openai", "chat", Door.OpenAi, Verdict.Allow, null)]
    [InlineData("intern", "openai", "embeddings", Door.OpenAi, Verdict.Block, ReasonCode.ToolNotPermitted)]
    [InlineData("intern", "crm", "list-contacts", Door.Tool, Verdict.Allow, null)]
    [InlineData("intern", "crm", "delete-contact", Door.Tool, Verdict.Block, ReasonCode.ToolNotPermitted)]
    [InlineData("suspended", "openai", "chat", Door.OpenAi, Verdict.Block, ReasonCode.AgentNotActive)]
    [InlineData("stranger", "openai", "chat", Door.OpenAi, Verdict.Block, ReasonCode.AgentUnregistered)]
    public void Sample_ForEachAction_GivesTheVerdictThatItsCommentsPromise(
        string agent,
        string connector,
        string operation,
        Door door,
        Verdict verdict,
        ReasonCode? reason
    )
    {
        var decision = Evaluator.Evaluate(Sample, Intent(agent, connector, operation, door, AuthStrength.Signed), default);

        Assert.Equal(verdict, decision.Verdict);
        Assert.Equal(reason ?? ReasonCode.None, decision.Reasons.FirstOrDefault());
    }

    [Fact]
    public void Sample_ForAnAgentWithABearer_OpensModelsAndNoTools()
    {
        var chat = Evaluator.Evaluate(Sample, Intent("assistant", "openai", "chat", Door.OpenAi, AuthStrength.Bearer), default);
        var tool = Evaluator.Evaluate(Sample, Intent("assistant", "crm", "list-contacts", Door.Tool, AuthStrength.Bearer), default);

        Assert.Equal(Verdict.Allow, chat.Verdict);
        Assert.Equal(Verdict.Block, tool.Verdict);
        Assert.Equal([ReasonCode.BearerNotAllowed], tool.Reasons);
    }

    [Fact]
    public void Sample_ForAPayment_NamesTheGateOfFinance()
    {
        var decision = Evaluator.Evaluate(Sample, Intent("assistant", "crm", "refund", Door.Tool, AuthStrength.Signed), default);

        Assert.Equal("payments", Assert.Single(decision.Approvals).Name);
        Assert.True(decision.Obligations.LogDetailed);
    }

    [Fact]
    public void Sample_ForTheTrialPermission_SendsNothing() =>
        Assert.True(
            Evaluator
                .Evaluate(Sample, Intent("assistant", "crm", "tag-contact", Door.Tool, AuthStrength.Signed), default)
                .Obligations.DryRun
        );

    private static Intent Intent(string agent, string connector, string operation, Door door, AuthStrength strength) =>
        new World
        {
            IntentAgent = agent,
            IntentConnector = connector,
            IntentOperation = operation,
            Door = door,
            Strength = strength,
        }.Intent();

    private static Snapshot Compile()
    {
        var files = Directory
            .GetFiles(Path.Combine(Repository.Root, "samples", "governance"), "*.yaml")
            .Select(path => new SourceFile(Path.GetFileName(path), File.ReadAllText(path)));
        var result = SnapshotCompiler.Compile([.. files]);
        return result.Value ?? throw new InvalidOperationException(string.Join('\n', result.Errors));
    }
}
