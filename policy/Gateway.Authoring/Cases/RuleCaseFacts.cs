using Gateway.Policy.Documents;
using Gateway.Policy.Rules.Evaluation;

namespace Gateway.Authoring.Cases;

/// <summary>
/// Reads a rule case's <c>facts</c>: what would otherwise come from files and the clock, written out. What can't be read is an error, never
/// a fact left out.
/// </summary>
internal static class RuleCaseFacts
{
    public static RuleFacts Read(MappingReader reader, DateTimeOffset now) =>
        reader.Section("facts", facts => ReadFacts(facts, now)) ?? new RuleFacts { Now = now, KillSwitch = KillSwitch.NotUsed };

    private static RuleFacts ReadFacts(MappingReader facts, DateTimeOffset now)
    {
        var moment = facts.OptionalValue("at", CaseWords.Moment) ?? now;
        return new RuleFacts
        {
            Now = moment,
            KillSwitch = Document(facts, "kill_switch", ReadStops) ?? KillSwitch.NotUsed,
            Evidence = Document(facts, "context_envelope", json => ContextEnvelopeReader.Read(json, moment).Evidence),
            Inventory = Document(facts, "inventory", json => ToolInventoryReader.TryRead(json, out var tools) ? tools : null),
            Mcp = facts.OptionalText("mcp_server", CaseWords.Code) is { } server
                ? new McpCall(new McpServer(server), Document(facts, "mcp_snapshot", ReadTrust) ?? McpTrustSnapshot.Unavailable)
                : null,
        };
    }

    private static KillSwitch? ReadStops(byte[] json) =>
        KillSwitchReader.Read(json) is { Status: not KillSwitchStatus.Unavailable } stops ? stops : null;

    private static McpTrustSnapshot? ReadTrust(byte[] json) =>
        McpTrustSnapshotReader.Read(json) is { Status: McpSnapshotStatus.Known } known ? known : null;

    private static T? Document<T>(MappingReader facts, string name, Func<byte[], T?> read)
        where T : class
    {
        facts.Ignore(name);
        if (!facts.Node.Entries.TryGetValue(name, out var entry))
        {
            return null;
        }

        var document = read(NodeJson.Bytes(entry.Value));
        if (document is null)
        {
            facts.Fail(name, "It can't be read as what it should be.", "Write it as its file would have it.");
        }

        return document;
    }
}
