using Gateway.Policy.Compilation;
using Gateway.Policy.Documents;
using Gateway.Policy.Model;

namespace Gateway.Policy.Questions;

/// <summary>Reads the fields of one question.</summary>
internal sealed class QuestionFields(MappingReader reader, Snapshot snapshot, DateTimeOffset now)
{
    private const int MaxIntents = 1000;

    private const int MaxText = 2048;
    private const int MaxName = 256;

    /// <summary>The question that a document asks, or those under its <c>intents</c>, which then are all that it asks.</summary>
    /// <param name="now">The moment of judging where a question names none.</param>
    public static IReadOnlyList<Question> ReadAll(MappingReader reader, Snapshot snapshot, DateTimeOffset now)
    {
        if (!reader.Has("intents"))
        {
            return [new QuestionFields(reader, snapshot, now).ToQuestion()];
        }

        reader.OptionalText("name", Formats.Text(MaxName));
        return reader.Sections("intents", one => new QuestionFields(one, snapshot, now).ToQuestion(), least: 1, MaxIntents);
    }

    private Question ToQuestion()
    {
        var tenant = snapshot.Tenants.Count == 1
            ? reader.Optional("tenant", Formats.Id<Tenant>(), snapshot.Tenants[0])
            : reader.Required("tenant", Formats.Id<Tenant>());
        var agent = reader.Required("agent", Formats.Id<Agent>());
        var found = snapshot.Find(tenant);
        var own = found?.Agents.GetValueOrDefault(agent)?.Agent.Workspace;
        var workspace = own is { } known
            ? reader.Optional("workspace", Formats.Id<Workspace>(), known)
            : reader.Required("workspace", Formats.Id<Workspace>());
        var name = reader.OptionalText("name", Formats.Text(MaxName)) ?? reader.Position.ToString();
        return new Question(name, ReadIntent(found, tenant, workspace, agent), ReadFacts(), reader.Position);
    }

    private Intent ReadIntent(TenantSnapshot? tenant, Id<Tenant> tenantId, Id<Workspace> workspace, Id<Agent> agent)
    {
        var connectorId = reader.Required("connector", Formats.Id<Connector>());
        var operationId = reader.Required("operation", Formats.Id<Operation>());
        var connector = tenant?.Connectors.GetValueOrDefault(connectorId);
        var operation = connector?.Operations.FirstOrDefault(o => o.Id == operationId);
        var arguments = ReadArguments();
        return new Intent
        {
            Tenant = tenantId,
            Workspace = workspace,
            Agent = agent,
            Strength = reader.Optional("strength", QuestionWords.Strength.Format, AuthStrength.Signed),
            Door = reader.Optional("door", QuestionWords.Door.Format, DoorOf(connector)),
            Connector = connectorId,
            Operation = operationId,
            Model = reader.OptionalText("model", Formats.Text(MaxName)),
            HostedTools = reader.List("hostedTools", Formats.Id<Operation>(), []),
            Session = reader.OptionalText("session", Formats.Text(128)),
            Data = reader.List("data", Vocabulary.Data.Format, []).Aggregate(operation?.Data ?? DataClasses.None, (all, one) => all | one),
            Environment = reader.Optional("environment", Vocabulary.Environment.Format, DeploymentEnvironment.Development),
            Target = new IntentTarget(
                reader.OptionalText("method", Formats.Text(16)) ?? (operation?.Methods is [var method, ..] ? method : "POST"),
                connector?.BaseAddress.GetLeftPart(UriPartial.Authority) ?? "",
                reader.OptionalText("path", Formats.Text(MaxText)) ?? operation?.Path.ToString() ?? "/",
                default,
                Sha256Digest.Of(arguments)),
            Arguments = arguments,
        };
    }

    private byte[] ReadArguments()
    {
        reader.Ignore("args");
        return reader.Node.Entries.TryGetValue("args", out var entry) ? NodeJson.Bytes(entry.Value) : [];
    }

    private Facts ReadFacts()
    {
        var moment = reader.OptionalValue("at", QuestionWords.Moment) ?? now;
        LifecycleStatus? status = null;
        AtfLevel? level = null;
        reader.Section("facts", facts =>
        {
            status = facts.OptionalValue("status", Vocabulary.Status.Format);
            level = facts.OptionalValue("level", Vocabulary.Level.Format);
            return facts;
        });
        return new Facts(status, moment, level);
    }

    private static Door DoorOf(Connector? connector) => connector?.Type switch
    {
        ConnectorType.OpenAi => Door.OpenAi,
        ConnectorType.Anthropic => Door.Anthropic,
        ConnectorType.Http or ConnectorType.Unspecified or null => Door.Tool,
    };
}
