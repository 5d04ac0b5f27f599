using Gateway.Authoring.Comparison;
using Gateway.Policy.Compilation;
using Gateway.Policy.Documents;

namespace Gateway.Authoring.Tests.Comparison;

/// <summary>No question to the evaluator shows a rate or a budget; so they are held against each other as they are.</summary>
public sealed class LimitChangeTests
{
    [Theory]
    [InlineData("", "rate: {requests: 5, period: 1s}", "rate", "tightened", "600 in 60 s, 600 at once", "5 in 1 s, 5 at once")]
    [InlineData("rate: {requests: 5, period: 1s}", "", "rate", "loosened", "5 in 1 s, 5 at once", "600 in 60 s, 600 at once")]
    [InlineData(
        "rate: {requests: 5, period: 1s}",
        "rate: {requests: 50, period: 60s}",
        "rate",
        "altered",
        "5 in 1 s, 5 at once",
        "50 in 60 s, 50 at once"
    )]
    [InlineData(
        "modelTokens: {tokens: 10, window: 1d}",
        "modelTokens: {tokens: 11, window: 1d}",
        "modelTokens",
        "loosened",
        "10 in 86400 s",
        "11 in 86400 s"
    )]
    [InlineData(
        "modelTokens: {tokens: 10, window: 1h}",
        "modelTokens: {tokens: 10, window: 1d}",
        "modelTokens",
        "tightened",
        "10 in 3600 s",
        "10 in 86400 s"
    )]
    [InlineData("concurrency: 5", "concurrency: 4", "concurrency", "tightened", "5", "4")]
    public void Limit_that_changes_is_told_with_its_direction(
        string before,
        string after,
        string limit,
        string direction,
        string was,
        string now
    )
    {
        var change = Assert.Single(LimitChange.Between(Compile(before), Compile(after)));

        Assert.Equal(
            ("Agent", "one", limit, direction, was, now),
            (change.Kind, change.Name, change.Limit, change.Direction, change.Before, change.After)
        );
    }

    [Fact]
    public void What_is_the_same_is_not_told() =>
        Assert.Empty(LimitChange.Between(Compile("rate: {requests: 60, period: 60s}"), Compile("rate: {requests: 60, period: 1m}")));

    private static Snapshot Compile(string limits)
    {
        var result = SnapshotCompiler.Compile([
            new SourceFile(
                "a.yaml",
                $$"""
                apiVersion: gateway/v1
                kind: Tenant
                metadata: {name: demo}
                spec: {}
                ---
                apiVersion: gateway/v1
                kind: Workspace
                metadata: {tenant: demo, name: main}
                spec: {environment: development}
                ---
                apiVersion: gateway/v1
                kind: Agent
                metadata: {tenant: demo, name: one}
                spec:
                  workspace: main
                  status: active
                  level: L2
                  risk: low
                  {{limits}}
                """
            ),
        ]);
        return result.Value ?? throw new InvalidOperationException(string.Join('\n', result.Errors));
    }
}
