using System.Buffers;
using System.Text.Json;
using Gateway.Policy.Documents;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Cases;

/// <summary>What was read, or every error; never both.</summary>
public sealed record ReadResult<T>(IReadOnlyList<T> Items, IReadOnlyList<GovernanceError> Errors);

/// <summary>
/// Reads files of cases, one case a document, strictly: an unknown field, a field twice or a wrong type is an error, and all errors come at
/// once.
/// </summary>
internal static class CaseDocument
{
    /// <value>Cases in all files together.</value>
    public const int MaxCases = 100_000;

    /// <param name="read">Reads one case; what it gives is dropped where it reported an error.</param>
    public static ReadResult<T> Read<T>(IReadOnlyList<SourceFile> files, Func<MappingReader, T> read)
    {
        var errors = new ErrorList();
        var cases = new List<T>();
        foreach (var file in files)
        {
            foreach (var node in NodeReader.Read(file, MaxCases - cases.Count, errors))
            {
                ReadOne(node, errors, read, cases);
            }
        }

        return errors.Count > 0 ? new ReadResult<T>([], errors.InOrder()) : new ReadResult<T>(cases, []);
    }

    private static void ReadOne<T>(Node node, ErrorList errors, Func<MappingReader, T> read, List<T> cases)
    {
        if (node is ScalarNode { IsNull: true })
        {
            return; // Nothing between two separators, or only comments.
        }

        if (node is not MappingNode mapping)
        {
            errors.Add(
                node.Position,
                "",
                "A case is a mapping of fields.",
                "Begin it with 'name: what it shows', and put '---' between two cases."
            );
            return;
        }

        var before = errors.Count;
        // The reader writes a canonical form; nobody needs a case's.
        using var canonical = new Utf8JsonWriter(new ArrayBufferWriter<byte>());
        canonical.WriteStartObject();
        var reader = new MappingReader(mapping, "", new ReadingContext(errors, [], canonical));
        var one = read(reader);
        reader.End();
        if (errors.Count == before)
        {
            cases.Add(one);
        }
    }
}
