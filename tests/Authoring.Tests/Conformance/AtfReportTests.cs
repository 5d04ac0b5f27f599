using Gateway.Authoring.Conformance;
using Gateway.Policy.Compilation;
using Gateway.Policy.Documents;
using Gateway.Policy.Model;
using Gateway.Testing;

namespace Gateway.Authoring.Tests.Conformance;

/// <summary>What is said of a governance is what stands there: each lack changes the one row that it is about.</summary>
public sealed class AtfReportTests
{
    /// <summary>For each requirement what makes it fail, and how far it is then met.</summary>
    public static TheoryData<string, string, string, AtfStanding> Lacks =>
        new()
        {
            { "I-2", "status: active", "status: active\n  bearerTools: true", AtfStanding.Partly },
            { "I-3", "human: Ada Sample, security: Ben Sample", "human: Ada Sample", AtfStanding.Partly },
            { "I-4", "  purpose: Answers customers.\n", "", AtfStanding.NotMet },
            { "I-5", "  capabilities: {operations: [crm/list, crm/note, crm/refund]}\n", "", AtfStanding.NotMet },
            { "B-1", "auditLogging: true", "auditLogging: false", AtfStanding.NotMet },
            { "B-3", "  hours: {timezone: UTC, from: \"08:00\", to: \"18:00\"}\n", "", AtfStanding.NotMet },
            { "B-4", "concurrency: 8", "concurrency: none", AtfStanding.NotMet },
            { "B-5", ", reason_codes: [secret_in_text]", "", AtfStanding.NotMet },
            { "D-1", "requestTypes: [application/json]", "requestTypes: [application/json, text/plain]", AtfStanding.NotMet },
            { "D-2", "passed: true", "passed: false", AtfStanding.NotMet },
            { "D-3", "connector: crm, dataClasses: [pii]", "connector: crm, dataClasses: [customer]", AtfStanding.NotMet },
            { "D-4", "responseBytes: 1MiB", "responseBytes: 1GiB", AtfStanding.NotMet },
            { "D-5", "dataDeclared: true", "dataDeclared: false", AtfStanding.NotMet },
            { "S-1", "operations: [list, note, refund]", "operations: \"*\"", AtfStanding.Partly },
            { "S-2", "  level: L3\n", "", AtfStanding.NotMet },
            { "S-3", "rate: {requests: 60, period: 1m}", "rate: none", AtfStanding.NotMet },
            { "S-4", "      transaction: {amount: /amount, max: 100}\n", "", AtfStanding.NotMet },
            { "S-5", "  cumulative: {calls: 500, per: 1d}\n", "", AtfStanding.NotMet },
            { "R-1", "failureRatio: 0.5", "failureRatio: 1", AtfStanding.NotMet },
            { "R-1", "then: suspend, mode: enforce", "then: suspend, mode: shadow", AtfStanding.Partly },
            { "R-2", "testedOn: 2029-06-03", "testedOn: 2028-06-03", AtfStanding.Partly },
            { "R-3", "owner: Ben Sample, testedOn: 2029-06-02", "testedOn: 2029-06-02", AtfStanding.Partly },
            { "R-4", "path: /notes, reversible: true", "path: /notes, reversible: false", AtfStanding.NotMet },
            { "R-5", "  demote: {on: [open_findings], to: L1, count: 3}\n", "", AtfStanding.Partly },
        };

    /// <summary>The two that only a journal shows.</summary>
    public static TheoryData<string, string, string?, AtfStanding> RecordedLacks =>
        new() { { "I-1", "gone", "run-1", AtfStanding.NotMet }, { "B-2", "worker", null, AtfStanding.Partly } };

    [Fact]
    public void Agent_ThatLacksNothing_MeetsEachRequirementAsFarAsGatewayCan() =>
        Assert.All(ConformingGovernance.Check().Rows, row => Assert.Equal(row.Requirement.Most, row.Finding.Standing));

    [Theory]
    [MemberData(nameof(Lacks))]
    public void Documents_ThatLackSomething_ChangeExactlyTheRowThatItIsAbout(string id, string from, string to, AtfStanding standing)
    {
        Assert.Equal(2, ConformingGovernance.Text.Split(from).Length);
        var changed = ConformingGovernance.Text.Replace(from, to, StringComparison.Ordinal);

        AssertOnly(id, standing, ConformingGovernance.Check(changed, ConformingGovernance.Records()));
    }

    [Theory]
    [MemberData(nameof(RecordedLacks))]
    public void Records_ThatLackSomething_ChangeExactlyTheRowThatTheyAreAbout(
        string id,
        string agent,
        string? session,
        AtfStanding standing
    )
    {
        var records = ConformingGovernance.Records(ConformingGovernance.Action(), ConformingGovernance.Action(agent, session));

        var row = AssertOnly(id, standing, ConformingGovernance.Check(ConformingGovernance.Text, records));

        Assert.Equal(["log.1"], row.Finding.Records);
    }

    [Fact]
    public void EveryRequirement_IsMadeToFail() =>
        Assert.Equal(
            AtfRequirements.All.Select(one => one.Id).Order(StringComparer.Ordinal),
            Lacks.Concat(RecordedLacks).Select(lack => (string)lack[0]).Distinct().Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Journal_ThatIsNotWhole_ProvesNoLogging()
    {
        var records = ConformingGovernance.Records().With("log: record 3 isn't what the chain says.");

        var row = AssertOnly("B-1", AtfStanding.NotMet, ConformingGovernance.Check(ConformingGovernance.Text, records));

        Assert.Contains("record 3", row.Finding.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void BearerKey_ThatWasUsed_IsInTheRecords()
    {
        var records = ConformingGovernance.Records(ConformingGovernance.Action(strength: AuthStrength.Bearer));

        AssertOnly("I-2", AtfStanding.Partly, ConformingGovernance.Check(ConformingGovernance.Text, records));
    }

    /// <summary>Nobody can say of an agent what only its actions show.</summary>
    [Fact]
    public void WithoutAJournal_SessionsAreNotProven() =>
        AssertOnly("B-2", AtfStanding.Partly, ConformingGovernance.Check(ConformingGovernance.Text, records: null));

    [Fact]
    public void JournalWithoutTheAgent_ProvesNothingOfIt() =>
        AssertOnly("B-2", AtfStanding.Partly, ConformingGovernance.Check(ConformingGovernance.Text, new AtfRecords()));

    [Fact]
    public void Lack_IsNamedWithTheLineThatItIsOn()
    {
        var text = ConformingGovernance.Text.Replace("path: /notes, reversible: true", "path: /notes", StringComparison.Ordinal);

        var row = ConformingGovernance.Check(text, null).Rows.Single(one => one.Requirement.Id == "R-4");

        Assert.Contains("crm/note", row.Finding.Why, StringComparison.Ordinal);
        var line = text.Split('\n').Index().Single(one => one.Item.Contains("name: note", StringComparison.Ordinal)).Index + 1;
        Assert.Equal(line, Assert.Single(row.Finding.Documents).Line);
    }

    /// <summary>No governance reaches a level that Gateway alone can't.</summary>
    [Fact]
    public void Levels_LackWhatGatewayAloneCantMeet_AndWithALackOfTheirOwnThatToo()
    {
        var whole = ConformingGovernance.Check();
        var levels = Enum.GetValues<AtfLevel>().Where(level => level != AtfLevel.Unassigned);
        Assert.All(
            levels,
            level =>
                Assert.Equal(
                    AtfRequirements.BeyondGatewayAt(level).Select(one => one.Id),
                    whole.LackingAt(level).Select(row => row.Requirement.Id)
                )
        );
        var bare = ConformingGovernance.Check(
            ConformingGovernance.Text.Replace("  purpose: Answers customers.\n", "", StringComparison.Ordinal),
            ConformingGovernance.Records()
        );
        Assert.Equal(["I-4", "D-3"], bare.LackingAt(AtfLevel.L1).Select(row => row.Requirement.Id));
    }

    [Fact]
    public void SampleGovernance_HasARowForEveryAgentAndRequirement_WithEvidence()
    {
        var report = AtfReport.Create(Sample(), records: null, ConformingGovernance.Day);

        Assert.Equal(["assistant", "intern", "suspended"], report.Agents.Select(agent => agent.Agent.Id.ToString()));
        Assert.All(report.Agents, agent => Assert.Equal(AtfRequirements.All, agent.Rows.Select(row => row.Requirement)));
        Assert.All(
            report.Agents.SelectMany(agent => agent.Rows),
            row => Assert.True(row.Finding.Documents.Count > 0 && row.Finding.Documents.All(place => place.Line > 0), row.Requirement.Id)
        );
        var assistant = report.Agents[0].Rows.ToDictionary(row => row.Requirement.Id, row => row.Finding.Standing);
        Assert.Equal(
            (AtfStanding.Met, AtfStanding.NotMet, AtfStanding.Partly, AtfStanding.NotMet, AtfStanding.NotMet),
            (assistant["I-3"], assistant["I-5"], assistant["S-1"], assistant["S-4"], assistant["R-4"])
        );
    }

    [Fact]
    public void PageAndAnswer_SayTheSameOfEveryRow()
    {
        var report = AtfReport.Create(Sample(), records: null, ConformingGovernance.Day);
        var page = AtfPage.Of(report);

        Assert.Equal(page, AtfPage.Of(AtfReport.Create(Sample(), records: null, ConformingGovernance.Day)));
        foreach (var agent in AtfJson.Of(report)["agents"]!.AsArray().Select(agent => agent!.AsObject()))
        {
            Assert.Contains($"## demo/{agent["agent"]}\n", page, StringComparison.Ordinal);
            Assert.Equal(4, agent["levels"]!.AsArray().Count);
            foreach (var row in agent["requirements"]!.AsArray().Select(row => row!.AsObject()))
            {
                Assert.Contains(
                    $"| {row["id"]} | {row["must_from"]} | {row["asks"]} | {row["standing"]} |",
                    page,
                    StringComparison.Ordinal
                );
                Assert.Contains((string)row["test"]!, page, StringComparison.Ordinal);
            }
        }
    }

    /// <summary>Of the files' names and the documents' texts none can end a cell or begin a line of its own.</summary>
    [Fact]
    public void Page_KeepsItsTables_WhateverAFileIsCalled()
    {
        var result = SnapshotCompiler.Compile([new SourceFile("a|b\n# c.yaml", ConformingGovernance.Text)]);
        Assert.Empty(result.Errors);

        var lines = AtfPage.Of(AtfReport.Create(result.Value!, null, ConformingGovernance.Day)).Split('\n');

        Assert.Single(lines, line => line.StartsWith("# ", StringComparison.Ordinal));
        Assert.All(
            lines.Where(line => line.StartsWith("| I-", StringComparison.Ordinal)),
            line => Assert.Equal(7, line.Replace("\\|", "", StringComparison.Ordinal).Count(c => c == '|'))
        );
    }

    private static AtfRow AssertOnly(string id, AtfStanding standing, AtfAgent changed)
    {
        var before = ConformingGovernance.Check().Rows.ToDictionary(row => row.Requirement.Id, row => row.Finding.Standing);
        var different = changed.Rows.Where(row => row.Finding.Standing != before[row.Requirement.Id]).ToList();
        var row = Assert.Single(different);
        Assert.Equal((id, standing), (row.Requirement.Id, row.Finding.Standing));
        return row;
    }

    private static Snapshot Sample()
    {
        var folder = Path.Combine(Repository.Root, "samples", "governance");
        var result = SnapshotCompiler.Compile([
            .. Directory.GetFiles(folder).Select(file => new SourceFile(Path.GetFileName(file), File.ReadAllText(file))),
        ]);
        Assert.Empty(result.Errors);
        return result.Value!;
    }
}
