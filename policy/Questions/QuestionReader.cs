using System.Buffers;
using System.Text.Json;
using Gateway.Policy.Compilation;
using Gateway.Policy.Documents;
using Gateway.Policy.Model;

namespace Gateway.Policy.Questions;

/// <summary>
/// Reads questions from YAML or JSON, one a document, strictly. What a question leaves out is taken from the governance: its only tenant, the agent's workspace, the
/// operation's method and path. A name that the governance doesn't have is no error: what is decided about it is an answer too.
/// </summary>
public static class QuestionReader
{
    private const int MaxQuestions = 10_000;

    /// <param name="now">The moment of judging where a question names none.</param>
    public static QuestionResult Read(IReadOnlyList<SourceFile> files, Snapshot snapshot, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(snapshot);
        var errors = new ErrorList();
        var questions = new List<Question>();
        foreach (var file in files)
        {
            foreach (var node in NodeReader.Read(file, MaxQuestions - questions.Count, errors))
            {
                Read(node, snapshot, now, questions, errors);
            }
        }

        return errors.Count > 0 ? new QuestionResult([], errors.InOrder()) : new QuestionResult(questions, []);
    }

    private static void Read(Node node, Snapshot snapshot, DateTimeOffset now, List<Question> questions, ErrorList errors)
    {
        if (node is ScalarNode { IsNull: true })
        {
            return;
        }

        if (node is not MappingNode mapping)
        {
            errors.Add(node.Position, "", "A question is a mapping of fields.", "Begin it with 'agent: assistant'.");
            return;
        }

        var before = errors.Count;
        using var canonical = new Utf8JsonWriter(new ArrayBufferWriter<byte>());
        canonical.WriteStartObject();
        var reader = new MappingReader(mapping, "", new ReadingContext(errors, [], canonical));
        var question = new Draft(reader, snapshot, now).ToQuestion();
        reader.End();
        if (errors.Count == before)
        {
            questions.Add(question);
        }
    }

    /// <summary>One question while it is read.</summary>
    private sealed class Draft(MappingReader reader, Snapshot snapshot, DateTimeOffset now)
    {
        private const int MaxText = 2048;

        public Question ToQuestion()
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
            var name = reader.OptionalText("name", Formats.Text(256)) ?? reader.Position.ToString();
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
                Model = reader.OptionalText("model", Formats.Text(256)),
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
}
