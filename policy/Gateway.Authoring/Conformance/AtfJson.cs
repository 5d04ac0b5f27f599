using System.Globalization;
using System.Text.Json.Nodes;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Conformance;

/// <summary>A report for programs.</summary>
public static class AtfJson
{
    public static JsonObject Of(AtfReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new JsonObject
        {
            ["framework"] = "ATF 0.9.1",
            ["revision"] = report.Revision.ToString(),
            ["day"] = report.Day.ToString("O", CultureInfo.InvariantCulture),
            ["journal"] = report.HasRecords,
            ["agents"] = new JsonArray([.. report.Agents.Select(Of)]),
        };
    }

    private static JsonNode Of(AtfAgent agent) =>
        new JsonObject
        {
            ["tenant"] = agent.Agent.Tenant.ToString(),
            ["agent"] = agent.Agent.Id.ToString(),
            ["level"] = Vocabulary.Level.Text(agent.Assigned),
            ["backed"] = Vocabulary.Level.Text(agent.Backed),
            ["source"] = agent.Agent.Source.ToString(),
            ["requirements"] = new JsonArray([.. agent.Rows.Select(Of)]),
            ["levels"] = new JsonArray([
                .. AtfTables.Levels.Select(one =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["level"] = Vocabulary.Level.Text(one.Level),
                            ["lacks"] = List(agent.LackingAt(one.Level).Select(row => row.Requirement.Id)),
                        }
                ),
            ]),
        };

    private static JsonNode Of(AtfRow row) =>
        new JsonObject
        {
            ["id"] = row.Requirement.Id,
            ["must_from"] = Vocabulary.Level.Text(row.Requirement.MustFrom),
            ["asks"] = row.Requirement.Asks,
            ["standing"] = row.Finding.Standing.Text(),
            ["at_most"] = row.Requirement.Most.Text(),
            ["why"] = row.Finding.Why,
            ["documents"] = List(row.Finding.Documents.Select(document => document.ToString())),
            ["records"] = List(row.Finding.Records),
            ["test"] = row.Requirement.Test,
        };

    private static JsonArray List(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);
}
