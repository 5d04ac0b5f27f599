using Gateway.Policy.Documents;
using Gateway.Policy.Documents.Kinds;

namespace Gateway.Fuzz.Tests.Targets;

/// <summary>
/// A file read part by part gives what reading all of it gives, the same faults included, and an earlier reading changes nothing. The first
/// byte says which line the file is without in the earlier reading.
/// </summary>
internal static class GovernanceTarget
{
    public static void Check(byte[] input)
    {
        if (input.Length == 0 || !SourceFile.TryDecode(input.AsSpan(1), out var text))
        {
            return;
        }

        var file = new SourceFile("a.yaml", text);
        var parts = TextParts.Divide(text);
        Promise.Same(text, string.Concat(parts.Select(part => text.Substring(part.Start, part.Length))), "The parts are the file.");

        var faults = new ErrorList();
        var whole = NodeReader.Read(file, DocumentReader.MaxDocuments, faults).Select(node => DocumentReader.Read(node, keepText: true));
        var expected = Shown(faults, whole);
        var reading = FileReading.Read(file, keepText: true);
        Promise.Same(expected, Shown(reading.Faults, reading.Documents), "By parts it is as a whole.");

        var lines = text.Split('\n').ToList();
        lines.RemoveAt(input[0] % lines.Count);
        var before = FileReading.Read(new SourceFile("a.yaml", string.Join('\n', lines)), keepText: true);
        var after = FileReading.Read(file, before, keepText: true);
        Promise.Same(expected, Shown(after.Faults, after.Documents), "An earlier reading changes nothing.");
    }

    /// <summary>Where a nothing between two separators stands counts for nobody.</summary>
    private static string Shown(ErrorList faults, IEnumerable<ReadDocument> documents) =>
        string.Join(
            '\n',
            [
                .. faults.InOrder().Select(fault => fault.ToString()),
                .. documents.Select(document =>
                    $"{(document is { Fault: null, Record: null } ? "nothing" : document.Source)} {document.Governed} "
                    + $"{document.Record?.GetType().Name} {document.Metadata} {document.IsShadow} "
                    + $"{Convert.ToHexString(document.Text ?? [])} {string.Join(',', document.References)} "
                    + string.Join(',', document.Fault?.Errors.InOrder() ?? [])
                ),
            ]
        );
}
