using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Gateway.Authoring.Formatting;

/// <summary>Reads a text that is known to be good YAML, with how everything is written.</summary>
internal sealed class LayoutReader
{
    private readonly string _text;
    private readonly Parser _parser;

    private LayoutReader(string text) => (_text, _parser) = (text, new Parser(new StringReader(text)));

    public static IReadOnlyList<DocumentLayout> Read(string text)
    {
        var reader = new LayoutReader(text);
        var documents = new List<DocumentLayout>();
        while (reader._parser.MoveNext())
        {
            if (reader._parser.Current is not DocumentStart start)
            {
                continue;
            }

            if (start is { Version: not null } or { Tags.Count: > 0 } && !start.IsImplicit && text.StartsWith('%'))
            {
                throw new LayoutException((int)start.Start.Line, "it has a directive");
            }

            reader._parser.MoveNext();
            documents.Add(new DocumentLayout(reader.ReadNode(), (int)start.Start.Line));
        }

        return documents;
    }

    private LayoutNode ReadNode() =>
        _parser.Current switch
        {
            Scalar scalar => ReadScalar(scalar),
            SequenceStart start => ReadList(start),
            MappingStart start => ReadMap(start),
            var other => throw new LayoutException((int)(other?.Start.Line ?? 0), "it has something that governance documents can't have"),
        };

    private ListLayout ReadList(SequenceStart start)
    {
        var items = new List<LayoutNode>();
        while (_parser.MoveNext() && _parser.Current is not SequenceEnd)
        {
            items.Add(ReadNode());
        }

        var isFlow = start.Style == SequenceStyle.Flow;
        return new ListLayout(
            items,
            isFlow ? [] : DashesOf(items, start),
            isFlow,
            (int)start.Start.Line,
            EndOf(isFlow, items, start.Start),
            (int)start.Start.Column
        );
    }

    private MapLayout ReadMap(MappingStart start)
    {
        var fields = new List<(ScalarLayout, LayoutNode)>();
        while (_parser.MoveNext() && _parser.Current is not MappingEnd)
        {
            var key =
                ReadNode() as ScalarLayout
                ?? throw new LayoutException((int)_parser.Current!.Start.Line, "it has a field whose name isn't text on one line");
            _parser.MoveNext();
            fields.Add((key, ReadNode()));
        }

        var isFlow = start.Style == MappingStyle.Flow;
        return new MapLayout(
            fields,
            isFlow,
            (int)start.Start.Line,
            EndOf(isFlow, [.. fields.Select(field => field.Item2)], start.Start),
            (int)start.Start.Column
        );
    }

    /// <summary>The last line of it: that of the closing bracket, or the last value's.</summary>
    private int EndOf(bool isFlow, IReadOnlyList<LayoutNode> values, Mark start) =>
        isFlow ? (int)_parser.Current!.End.Line
        : values.Count == 0 ? (int)start.Line
        : values.Max(value => value.EndLine);

    /// <summary>The line of each item's dash, which may stand above the item.</summary>
    private int[] DashesOf(List<LayoutNode> items, SequenceStart start)
    {
        var lines = _text.Split('\n');
        var dashes = new int[items.Count];
        var after = (int)start.Start.Line;
        for (var i = 0; i < items.Count; i++)
        {
            // A list inside the list has its own dash further right, on the same line or below.
            var line = Math.Max(after, 1);
            while (line < items[i].Line && !IsDash(lines[line - 1], (int)start.Start.Column))
            {
                line++;
            }

            dashes[i] = line;
            after = Math.Max(items[i].EndLine, line) + 1;
        }

        return dashes;
    }

    private static bool IsDash(string line, int column) =>
        line.Length >= column && line[column - 1] == '-' && (line.Length == column || line[column] is ' ' or '\t');

    private LayoutNode ReadScalar(Scalar scalar)
    {
        var (line, column) = ((int)scalar.Start.Line, (int)scalar.Start.Column);
        var start = (int)scalar.Start.Index;
        if (scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded)
        {
            var block = BlockText.Read(_text, start);
            var end = line + _text.AsSpan(block.Content.From, block.Content.To - block.Content.From).Count('\n');
            var indent = block.HasNumber || block.Lines.FirstOrDefault(l => l.Trim(' ').Length > 0) is [' ', ..];
            return new BlockLayout(block.Header[..1] + (indent ? "2" : "") + block.Header[1..], block.Lines, line, end, column);
        }

        var written = _text[start..(int)scalar.End.Index].TrimEnd();
        var endLine = line + written.AsSpan().Count('\n');
        return new ScalarLayout(
            written.Contains('\n', StringComparison.Ordinal) ? OnOneLine(scalar, line) : written,
            line,
            endLine,
            column
        );
    }

    private static string OnOneLine(Scalar scalar, int line) =>
        scalar switch
        {
            { Style: ScalarStyle.Plain } when scalar.Value.Contains('\n', StringComparison.Ordinal) => throw new LayoutException(
                line,
                "it has a text of several lines without quotes, with an empty line in it"
            ),
            { Style: ScalarStyle.Plain } => scalar.Value,
            _ => Quoted(scalar.Value),
        };

    private static string Quoted(string value)
    {
        var text = new StringBuilder("\"");
        foreach (var c in value)
        {
            text.Append(
                c switch
                {
                    '"' => "\\\"",
                    '\\' => @"\\",
                    '\n' => "\\n",
                    '\t' => "\\t",
                    _ when char.IsControl(c) || c is '\u2028' or '\u2029' or '\uFEFF' => $"\\u{(int)c:x4}",
                    _ => c,
                }
            );
        }

        return text.Append('"').ToString();
    }
}
