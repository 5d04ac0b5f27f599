using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Documents;

public sealed class RevisionTests
{
    private const string Workspace =
        "apiVersion: gateway/v1\nkind: Workspace\nmetadata: {tenant: demo, name: main}\nspec: {environment: test}\n";
    private const string Agent =
        "apiVersion: gateway/v1\nkind: Agent\nmetadata: {tenant: demo, name: agent}\nspec:\n  workspace: main\n"
        + "  status: active\n  risk: low\n";

    private static readonly Sha256Digest Original = Governance.Compiled(Governance.Tenant, Workspace, Agent).Revision;

    [Fact]
    public void Revision_OfTheSameDocumentsInOtherFilesAndOrder_IsTheSame()
    {
        Assert.Equal(Original, Governance.Compiled(Agent, Governance.Tenant, Workspace).Revision);
        Assert.Equal(Original, Governance.Compiled($"{Workspace}---\n{Agent}---\n{Governance.Tenant}").Revision);
    }

    [Theory]
    [InlineData(
        "  workspace: main\n  status: active\n  risk: low\n",
        "  risk: low   # not much\n\n  status: \"active\"\n  workspace: 'main'\n"
    )]
    [InlineData("  risk: low\n", "  risk: low\n  bearerTools: false\n")]
    public void Revision_OfTheSameDocumentWrittenOtherwise_IsTheSame(string from, string to) =>
        Assert.Equal(
            Original,
            Governance.Compiled(Governance.Tenant, Workspace, Agent.Replace(from, to, StringComparison.Ordinal)).Revision
        );

    [Theory]
    [InlineData("rate: {requests: 60, period: 60s}", "rate: {requests: 60, burst: 60, period: 1m}")]
    [InlineData("rate: {requests: 60, period: 1000ms}", "rate: {period: 1s, requests: 060}")]
    public void Revision_OfTheSameQuantityInOtherUnits_IsTheSame(string a, string b) =>
        Assert.Equal(
            Governance.Compiled(Governance.Tenant + $"spec: {{{a}}}\n").Revision,
            Governance.Compiled(Governance.Tenant + $"spec: {{{b}}}\n").Revision
        );

    [Theory]
    [InlineData("risk: low", "risk: medium")]
    [InlineData("name: agent", "name: agent2")]
    [InlineData("name: agent", "name: agent, labels: {a: b}")]
    [InlineData("status: active", "status: suspended")]
    [InlineData("risk: low", "risk: low\n  level: L1")]
    [InlineData("risk: low", "risk: low\n  bearerTools: true")]
    [InlineData("risk: low", "risk: low\n  owners: {human: Ada}")]
    [InlineData("risk: low", "risk: low\n  owners: {security: Ada}")]
    [InlineData("risk: low", "risk: low\n  purpose: talk")]
    [InlineData("risk: low", "risk: low\n  version: '1'")]
    [InlineData("risk: low", "risk: low\n  concurrency: 1")]
    [InlineData("risk: low", "risk: low\n  rate: {requests: 1, period: 1s}")]
    [InlineData("risk: low", "risk: low\n  modelTokens: {tokens: 1, window: 1m}")]
    public void Revision_OfADocumentThatMeansSomethingElse_IsAnother(string from, string to) =>
        Assert.NotEqual(
            Original,
            Governance.Compiled(Governance.Tenant, Workspace, Agent.Replace(from, to, StringComparison.Ordinal)).Revision
        );

    [Fact]
    public void Revision_WithoutADocument_IsAnother() =>
        Assert.NotEqual(Original, Governance.Compiled(Governance.Tenant, Workspace).Revision);
}
