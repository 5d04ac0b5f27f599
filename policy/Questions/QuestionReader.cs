using System.Buffers;
using System.Text.Json;
using Gateway.Policy.Compilation;
using Gateway.Policy.Documents;

namespace Gateway.Policy.Questions;

/// <summary>
/// Reads questions from YAML or JSON, one a document or several under <c>intents</c>, strictly. What a question leaves out is taken from the governance: its only tenant, the agent's workspace, the
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
        reader.Ignore("want"); // A case is a question too.
        var asked = QuestionFields.ReadAll(reader, snapshot, now);
        reader.End();
        if (errors.Count == before)
        {
            questions.AddRange(asked);
        }
    }
}
