using Gateway.Policy.Documents;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Authoring.Cases;

/// <summary>
/// Reads cases for a rule file from YAML, one a document: an intent in the form of <c>gait.gate.intent_request</c>, or several, and
/// <c>want</c>. Pure; never throws for any text.
/// </summary>
public static class RuleCaseReader
{
    /// <param name="now">The moment of judging where a case names none.</param>
    public static ReadResult<RuleCase> Read(IReadOnlyList<SourceFile> files, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(files);
        return CaseDocument.Read(files, reader => ReadCase(reader, now));
    }

    private static RuleCase ReadCase(MappingReader reader, DateTimeOffset now)
    {
        var name = CaseFields.Name(reader);
        reader.Ignore("intent", "intents");
        return new RuleCase(
            name,
            ReadIntents(reader),
            RuleCaseFacts.Read(reader, now),
            WantedFields.Read(reader, CaseWords.Code),
            reader.Position
        );
    }

    private static List<RuleCaseIntent> ReadIntents(MappingReader reader)
    {
        var one = reader.Node.Entries.GetValueOrDefault("intent");
        var several = reader.Node.Entries.GetValueOrDefault("intents");
        IReadOnlyList<Node> nodes = (one, several) switch
        {
            ({ } intent, null) => [intent.Value],
            (null, { Value: SequenceNode list }) => list.Items,
            _ => [],
        };
        if (nodes.Count == 0)
        {
            reader.Fail("intent", "There must be one intent, or a list of them.", "Write intent: {…}, or a list under intents.");
        }

        return [.. nodes.Select(node => new RuleCaseIntent(IntentReader.Read(NodeJson.Bytes(node)), node.Position))];
    }
}
