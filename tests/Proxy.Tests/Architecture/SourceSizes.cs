using System.Reflection.Metadata;
using Gateway.Testing;

namespace Gateway.Proxy.Tests.Architecture;

/// <summary>
/// How long files and methods are, in lines. Methods by the debug information: from the first line with code to the last.
/// </summary>
internal static class SourceSizes
{
    private const int Hidden = SequencePoint.HiddenLine;

    public static IReadOnlyList<(string Name, int Lines)> OfFiles(Product.Part part) =>
        [.. part.SourceFiles.Select(file => (file, File.ReadAllLines(file).Length))];

    public static IReadOnlyList<(string Name, int Lines)> OfMethods(Product.Part part)
    {
        var sizes = new List<(string, int)>();
        using var provider = MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(System.IO.Path.ChangeExtension(part.Path, ".pdb")));
        var reader = provider.GetMetadataReader();
        foreach (var handle in reader.MethodDebugInformation)
        {
            var method = reader.GetMethodDebugInformation(handle);
            var points = method.GetSequencePoints().Where(point => point.StartLine != Hidden).ToList();
            if (points.Count > 0 && !method.Document.IsNil)
            {
                var (first, last) = (points.Min(p => p.StartLine), points.Max(p => p.EndLine));
                sizes.Add(($"{reader.GetString(reader.GetDocument(method.Document).Name)}:{first}", last - first + 1));
            }
        }

        return sizes;
    }

    /// <summary>Every such file of the repository, the tests' too; nothing that was built or installed.</summary>
    public static IReadOnlyList<string> Tracked(string pattern) =>
        [
            .. Directory
                .EnumerateFiles(Repository.Root, pattern, SearchOption.AllDirectories)
                .Where(file =>
                    !Path.GetRelativePath(Repository.Root, file)
                        .Split(Path.DirectorySeparatorChar)
                        .Any(part => part is "obj" or "bin" or "node_modules" or "artifacts" or "data" or ".git")
                ),
        ];

    /// <summary>What is too wide. A block of code on a page and a raw string can't be wrapped without becoming something else.</summary>
    /// <param name="counts">Whether a line is to be wrapped at all.</param>
    public static IEnumerable<string> LongLines(IEnumerable<string> files, int width, Func<string, bool> counts)
    {
        foreach (var file in files)
        {
            var (number, isBlock, mark) = (0, false, file.EndsWith(".md", StringComparison.Ordinal) ? "```" : "\"\"\"");
            foreach (var line in File.ReadLines(file))
            {
                number++;
                var isFence = line.Contains(mark, StringComparison.Ordinal);
                isBlock ^= isFence && line.Split(mark).Length % 2 == 0;
                if (line.Length > width && !isBlock && !isFence && counts(line))
                {
                    yield return $"{Path.GetRelativePath(Repository.Root, file)}:{number} has {line.Length} characters. Lines end at "
                        + $"{width}.";
                }
            }
        }
    }

    /// <summary>What this share of them doesn't exceed; 0.5 is the median.</summary>
    public static int Quantile(IEnumerable<(string Name, int Lines)> sizes, double share)
    {
        var sorted = sizes.Select(size => size.Lines).Order().ToList();
        return sorted[Math.Min(sorted.Count - 1, (int)(share * sorted.Count))];
    }

    public static IEnumerable<string> Offences(string what, IReadOnlyList<(string Name, int Lines)> sizes, double share, int most)
    {
        var found = Quantile(sizes, share);
        if (found > most)
        {
            var longest = sizes.OrderByDescending(size => size.Lines).Take(10).Select(size => $"  {size.Name}: {size.Lines}");
            yield return $"{share:P0} of all {what} are of up to {found} lines, and should be of up to {most}. Split the "
                + $"longest:\n{string.Join('\n', longest)}";
        }
    }
}
