using System.Globalization;
using System.Text;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Conformance;

/// <summary>A report as a page of Markdown, to be kept and shown: the framework asks for such a statement.</summary>
public static class AtfPage
{
    /// <summary>The same report gives the same text.</summary>
    public static string Of(AtfReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var text = new StringBuilder("# Conformance to the Agentic Trust Framework 0.9.1\n\n");
        text.Append(null, $"Governance `{report.Revision}`, ");
        text.Append(CultureInfo.InvariantCulture, $"evidence as of {report.Day:O}, ");
        text.Append(report.HasRecords ? "with a journal.\n" : "without a journal.\n");
        foreach (var agent in report.Agents)
        {
            Append(text, agent);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, AtfAgent agent)
    {
        text.Append(null, $"\n## {agent.Agent.Tenant}/{agent.Agent.Id}\n\n");
        text.Append(null, $"Level {Vocabulary.Level.Text(agent.Assigned)}, of which {Vocabulary.Level.Text(agent.Backed)} is backed; ");
        text.Append(null, $"{Cell(agent.Agent.Source.ToString())}.\n\n");
        text.Append("| element | met in full |\n| --- | --- |\n");
        foreach (var (letter, name) in AtfTables.Elements)
        {
            text.Append(null, $"| {name} | {agent.MetOf(letter)} of 5 |\n");
        }

        text.Append("\n| level | demanded and not met in full |\n| --- | --- |\n");
        foreach (var (level, name) in AtfTables.Levels)
        {
            var lacks = agent.LackingAt(level).Select(row => row.Requirement.Id);
            text.Append(null, $"| {name} | {string.Join(", ", lacks.DefaultIfEmpty("nothing"))} |\n");
        }

        text.Append("\n| id | must from | asks | is | why | evidence |\n| --- | --- | --- | --- | --- | --- |\n");
        foreach (var row in agent.Rows)
        {
            var (requirement, finding) = (row.Requirement, row.Finding);
            text.Append(null, $"| {requirement.Id} | {Vocabulary.Level.Text(requirement.MustFrom)} | {requirement.Asks} ");
            text.Append(null, $"| {finding.Standing.Text()} | {Cell(finding.Why)} | {Cell(string.Join("; ", row.Evidence))} |\n");
        }
    }

    /// <summary>Names come from documents and files: none may end a cell or a line.</summary>
    private static string Cell(string text) => text.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal);
}
