using Mono.Cecil.Cil;

namespace Gateway.Cli.Tests.Touring;

/// <summary>Numbers the lines that can run, so that code can say by one number where it is.</summary>
internal sealed class SourceLines
{
    private readonly Dictionary<string, SourceFile?> _files = [];
    private readonly Dictionary<SourceLine, int> _numbers = [];
    private readonly List<SourceLine> _lines = [];

    public SourceLine this[int number] => _lines[number];

    /// <summary>Null for what nobody reads: generated code, steps that the compiler adds, and braces.</summary>
    public int? NumberOf(SequencePoint point)
    {
        if (point.IsHidden || FileOf(point.Document.Url) is not { } file || file.HasBraceAt(point.StartLine, point.StartColumn))
        {
            return null;
        }

        var line = new SourceLine(file.Path, point.StartLine);
        if (_numbers.TryAdd(line, _lines.Count))
        {
            _lines.Add(line);
        }

        return _numbers[line];
    }

    private SourceFile? FileOf(string document)
    {
        if (!_files.TryGetValue(document, out var file))
        {
            _files.Add(document, file = SourceFile.Find(document));
        }

        return file;
    }
}
