using System.Text;
using Gateway.Evidence.Records;
using Gateway.Evidence.Tests.Snapshots;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Tests.Records;

public sealed class RecordedActionTests
{
    private static readonly DecisionRecord Written = KeptDecisions.Record(
        KeptDecisions.Compile(KeptDecisions.Documents),
        7,
        "book",
        """{"amount":5.0,"to":"x"}""",
        "?a=b"
    )
        is var record
        ? record with
        {
            Facts = new Facts(LifecycleStatus.Suspended, new DateTimeOffset(2030, 1, 2, 3, 4, 5, 678, TimeSpan.Zero), AtfLevel.L1),
            Intent = record.Intent with
            {
                Model = "gpt-4o",
                Session = "run-7",
                McpMethod = "tools/call",
                McpName = "search",
                Definition = Sha256Digest.Compute("{}"u8),
                HostedTools = [Id<Operation>.Parse("note")],
                Data = DataClasses.Pii | DataClasses.TopSecret,
                Environment = DeploymentEnvironment.Staging,
                Strength = AuthStrength.Bearer,
                Door = Door.Anthropic,
            },
        }
        : null!;

    [Fact]
    public void Everything_ThatWasJudged_IsReadBack()
    {
        var action = Read(Written);
        var (read, written) = (action.Intent, Written.Intent);

        Assert.Equal("d-7", action.DecisionId);
        Assert.Equal(Written.Facts, action.Facts);
        Assert.Equal(Written.Snapshot, action.Snapshot);
        Assert.Equal(written.HostedTools, read.HostedTools);
        Assert.Equal("""{"amount":5.0}""", Encoding.UTF8.GetString(read.Arguments.Span));
        Assert.Equal("/amount", Assert.Single(read.Known!.Arguments).ToString());
        Assert.False(read.Known.Query);
        Assert.Equal(
            written with
            {
                Arguments = default,
                HostedTools = read.HostedTools,
                Target = written.Target with { PathAndQuery = "/book" },
            },
            read with
            {
                Arguments = default,
                Known = null,
            }
        );
    }

    [Fact]
    public void AResource_IsReadBackWithoutItsQuery() =>
        Assert.Equal(
            "db://rows/1",
            Read(Written with { Intent = Written.Intent with { McpName = "db://rows/1?person=Ada" } }).Intent.McpName
        );

    [Fact]
    public void AQuery_ThatWasRead_IsReadBack()
    {
        var action = Read(Written with { Values = Written.Values with { Query = "a=b" } });

        Assert.Equal("/book?a=b", action.Intent.Target.PathAndQuery);
        Assert.True(action.Intent.Known!.Query);
    }

    [Fact]
    public void WithoutArguments_EverythingIsKnownOfThem()
    {
        var action = Read(KeptDecisions.Record(KeptDecisions.Compile(KeptDecisions.Documents), 1, "look", ""));

        Assert.True(action.Intent.Known!.Covers(ArgumentPath.Whole));
        Assert.True(action.Intent.Known.Query);
    }

    [Fact]
    public void ARecord_ThatDoesNotSayWhatWasRead_HoldsNothingOfIt()
    {
        var body = Encoding.UTF8.GetString(
            KeptDecisions.BodyOf(KeptDecisions.Record(KeptDecisions.Compile(KeptDecisions.Documents), 1, "look", ""))
        );

        Assert.True(
            RecordedAction.TryRead(
                Encoding.UTF8.GetBytes(body.Replace("\"read\":{},", "", StringComparison.Ordinal)),
                out var action,
                out _
            )
        );
        Assert.Empty(action.Intent.Known!.Arguments);
    }

    [Theory]
    [InlineData("\"door\":\"tool\"", "\"door\":\"window\"", "door")]
    [InlineData("\"agent\":\"payer\"", "\"agent\":\"Not A Name\"", "agent")]
    [InlineData("\"agent\":\"payer\",", "", "agent")]
    [InlineData("2030-01-02T12:00:00.001Z", "yesterday", "now")]
    [InlineData("\"data\":[]", "\"data\":{}", "data")]
    public void WhatIsNotAsARecordHasIt_IsNamed(string before, string after, string named)
    {
        var body = Encoding.UTF8.GetString(
            KeptDecisions.BodyOf(KeptDecisions.Record(KeptDecisions.Compile(KeptDecisions.Documents), 1, "look", ""))
        );

        Assert.Contains(before, body, StringComparison.Ordinal);
        Assert.False(
            RecordedAction.TryRead(Encoding.UTF8.GetBytes(body.Replace(before, after, StringComparison.Ordinal)), out _, out var problem)
        );
        Assert.Contains($"'{named}'", problem, StringComparison.Ordinal);
    }

    private static RecordedAction Read(DecisionRecord record)
    {
        Assert.True(RecordedAction.TryRead(KeptDecisions.BodyOf(record), out var action, out var problem), problem);
        return action;
    }
}
