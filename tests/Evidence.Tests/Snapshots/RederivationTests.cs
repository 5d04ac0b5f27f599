using System.Text;
using Gateway.Evidence.Snapshots;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;
using Gateway.Testing;

namespace Gateway.Evidence.Tests.Snapshots;

public sealed class RederivationTests : IDisposable
{
    private readonly TemporaryDirectory _root = new();
    private readonly Snapshot _snapshot = KeptDecisions.Compile(KeptDecisions.Documents);

    public void Dispose() => _root.Dispose();

    [Theory]
    [InlineData("book", """{"amount":100.00,"to":"x"}""")]
    [InlineData("book", """{"amount":901}""")]
    [InlineData("book", """{"Amount":1,"amount":2}""")]
    [InlineData("book", """{"amount":"1"}""")]
    [InlineData("note", """{"text":"x"}""")]
    [InlineData("look", "")]
    [InlineData("nothing", "{}")]
    public void ADecision_FollowsAgainFromItsRecord(string operation, string body) =>
        Assert.Equal(
            RederivationStatus.Same,
            Check(KeptDecisions.BodyOf(KeptDecisions.Record(_snapshot, 1, operation, body, "?a=b"))).Status
        );

    /// <summary>The same action was allowed when reads weren't judged by what they send.</summary>
    [Theory]
    [InlineData(true, Verdict.Allow)]
    [InlineData(false, Verdict.Block)]
    public void AnInternsReadOfAnExternalSystem_FollowsAsItWasMade(bool before, Verdict verdict)
    {
        var documents = KeptDecisions
            .Documents.Replace("scope: internal", "scope: external", StringComparison.Ordinal)
            .Replace("level: L4", "level: L1", StringComparison.Ordinal);
        var record = KeptDecisions.Record(KeptDecisions.Compile(documents), 1, "look", "", before: before);

        Assert.Equal(verdict, record.Decision.Verdict);
        var result = Rederivation.Check(KeptDecisions.BodyOf(record), KeptDecisions.Keep(_root.Path, documents));
        Assert.Equal((RederivationStatus.Same, ""), (result.Status, result.Detail));
    }

    [Theory]
    [InlineData("\"verdict\":\"block\"", "\"verdict\":\"allow\"", "/verdict")]
    [InlineData("\"values\":\"{\\\"amount\\\":901}\"", "\"values\":\"{\\\"amount\\\":1}\"", "/path/5/inputs")]
    [InlineData("\"outcome\":\"fail\"", "\"outcome\":\"pass\"", "/path/5/outcome")]
    [InlineData("\"agent\":\"payer\"", "\"agent\":\"other\"", "/judged_level")]
    [InlineData("\"reasons\":[\"transaction_over_limit\"]", "\"reasons\":[]", "/reasons/0")]
    public void AChangedRecord_IsAnotherDecision_AndTheFirstMemberThatDiffersIsNamed(string before, string after, string member)
    {
        var body = Encoding.UTF8.GetString(KeptDecisions.BodyOf(KeptDecisions.Record(_snapshot, 1, "book", """{"amount":901}""")));

        Assert.Contains(before, body, StringComparison.Ordinal);
        var result = Check(Encoding.UTF8.GetBytes(body.Replace(before, after, StringComparison.Ordinal)));
        Assert.Equal((RederivationStatus.Different, member), (result.Status, result.Member));
        Assert.Contains(member, result.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void ADecision_FollowsAgainFromAWholeRecord_AndARecordOfAnotherTypeProvesNothing()
    {
        var kept = KeptDecisions.Keep(_root.Path, KeptDecisions.Documents);
        var body = Encoding.UTF8.GetString(KeptDecisions.BodyOf(KeptDecisions.Record(_snapshot, 1, "look", "")));
        byte[] Whole(string type) =>
            Encoding.UTF8.GetBytes(
                $$"""{"body":{{body}},"index":7,"log":"{{new string('a', 32)}}","previous":"{{new string('b', 64)}}"""
                    + $"\",\"schema\":\"gateway.record/v1\",\"time\":\"2030-01-02T12:00:00.000Z\",\"type\":\"{type}\"}}"
            );

        Assert.Equal(RederivationStatus.Same, Rederivation.CheckRecord(Whole("decision"), kept).Status);
        Assert.Equal(RederivationStatus.Unreadable, Rederivation.CheckRecord(Whole("outcome"), kept).Status);
        Assert.Equal(RederivationStatus.Unreadable, Rederivation.CheckRecord(Whole("nothing"), kept).Status);
    }

    [Fact]
    public void WithoutTheGovernance_NothingFollows()
    {
        var record = KeptDecisions.Record(
            KeptDecisions.Compile(KeptDecisions.Documents.Replace("900", "800", StringComparison.Ordinal)),
            1,
            "look",
            ""
        );

        Assert.Equal(RederivationStatus.Underivable, Check(KeptDecisions.BodyOf(record)).Status);
    }

    [Fact]
    public void GovernanceThatWasChanged_IsNotUsed()
    {
        KeptDecisions.Keep(_root.Path, KeptDecisions.Documents);
        var file = Directory.GetFiles(Path.Combine(_root.Path, KeptSnapshots.FolderName)).Single();
        File.WriteAllText(file, File.ReadAllText(file).Replace("900", "90000", StringComparison.Ordinal));

        Assert.Null(new KeptSnapshots(_root.Path).Find(_snapshot.Revision));
    }

    [Fact]
    public void WhatRestsOnTooMuch_SaysSo()
    {
        var documents =
            KeptDecisions.Documents
            + "\n---\napiVersion: gateway/v1\nkind: Policy\nmetadata: {tenant: acme, name: p}\n"
            + "spec: {rules: [{name: r, effect: block, when: \"args.text.contains('z')\"}]}\n";
        var record = KeptDecisions.Record(KeptDecisions.Compile(documents), 1, "note", $$"""{"text":"{{new string('x', 20_000)}}"}""");
        var result = Rederivation.Check(KeptDecisions.BodyOf(record), KeptDecisions.Keep(_root.Path, documents));

        Assert.Equal(RederivationStatus.Underivable, result.Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"agent\":1}")]
    public void WhatIsNoRecord_CannotBeRead(string body) =>
        Assert.Equal(RederivationStatus.Unreadable, Check(Encoding.UTF8.GetBytes(body)).Status);

    [Fact]
    public void Governance_IsKeptOnce_AndNeverWrittenOver()
    {
        KeptDecisions.Keep(_root.Path, KeptDecisions.Documents);
        var file = Directory.GetFiles(Path.Combine(_root.Path, KeptSnapshots.FolderName)).Single();
        File.AppendAllText(file, "# of another hand\n");
        var kept = KeptDecisions.Keep(_root.Path, KeptDecisions.Documents);

        Assert.EndsWith("# of another hand\n", File.ReadAllText(file), StringComparison.Ordinal);
        Assert.Single(Directory.GetFileSystemEntries(Path.Combine(_root.Path, KeptSnapshots.FolderName)));
        Assert.NotNull(kept.Find(_snapshot.Revision));
    }

    [Fact]
    public void WhereNothingCanBeWritten_KeepingFails()
    {
        File.WriteAllText(_root.File(KeptSnapshots.FolderName), "in the way");

        Assert.ThrowsAny<IOException>(() => KeptDecisions.Keep(_root.Path, KeptDecisions.Documents));
    }

    private RederivationResult Check(byte[] body) => Rederivation.Check(body, KeptDecisions.Keep(_root.Path, KeptDecisions.Documents));
}
