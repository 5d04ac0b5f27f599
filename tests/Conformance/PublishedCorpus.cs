using Gateway.Testing;

namespace Gateway.Conformance;

/// <summary>Cases that somebody else published, and what runs them.</summary>
/// <param name="Variable">The environment variable that names other cases of the same shape.</param>
/// <param name="Shared">Where the cases lie beside the checkout, if they do.</param>
internal sealed record PublishedCorpus(string Name, string Variable, string Shared, Func<string, CorpusResult> Cases)
{
    /// <summary>Prints <c>name: N passed, N failed, N out of scope</c>, the parts of it, and what failed.</summary>
    /// <returns>How many failed; 1 for cases that can't be read.</returns>
    public int Run(TextWriter output)
    {
#pragma warning disable RS0030 // The variable is this program's only option.
        var given = Environment.GetEnvironmentVariable(Variable);
#pragma warning restore RS0030
        var path = Path.GetFullPath(string.IsNullOrEmpty(given) ? Repository.Shared(Shared) : given);
        if (!Path.Exists(path))
        {
            output.WriteLine($"{Name}: skipped, there is nothing at {path}; set {Variable}");
            return string.IsNullOrEmpty(given) ? 0 : 1; // Who names cases wants them run.
        }

        return Print(path, output);
    }

    private int Print(string path, TextWriter output)
    {
        try
        {
            var result = Cases(path);
            output.WriteLine($"{Name}: {result.Passed} passed, {result.Failed.Count} failed, {result.OutOfScope} out of scope");
            foreach (var line in result.Parts.Concat(result.Failed.Select(failure => "FAILED " + failure)))
            {
                output.WriteLine("  " + line);
            }

            return result.Failed.Count;
        }
        catch (Exception e)
            when (e
                    is IOException
                        or UnauthorizedAccessException
                        or System.Text.Json.JsonException
                        or InvalidOperationException
                        or KeyNotFoundException
            )
        {
            output.WriteLine($"{Name}: 0 passed, 1 failed, 0 out of scope");
            output.WriteLine($"  FAILED {path} can't be read as cases: {e.Message}");
            return 1;
        }
    }
}
