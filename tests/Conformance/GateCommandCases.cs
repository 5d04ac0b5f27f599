using System.Diagnostics;
using System.Text.Json;
using Gateway.Testing;

namespace Gateway.Conformance;

/// <summary>
/// Gate cases that only the whole command can answer, since they show tokens, keys or files: <c>gateway gate eval</c> as its users run it.
/// </summary>
internal sealed class GateCommandCases(string index)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    private readonly string _root = Path.GetDirectoryName(index)!;

    /// <summary>
    /// What failed, by the case's id; null for a case that passed. Cases without a command, or whose files aren't there, are left out.
    /// </summary>
    public IReadOnlyDictionary<string, string?> Run(IReadOnlySet<string> ids)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(index));
        return document
            .RootElement.GetProperty("gate_cases")
            .EnumerateArray()
            .Where(one =>
                ids.Contains(Text(one, "id"))
                && one.TryGetProperty("command", out _)
                && File.Exists(At(Text(one, "policy")))
                && File.Exists(At(Text(one, "intent")))
            )
            .ToDictionary(one => Text(one, "id"), Problem);
    }

    private string? Problem(JsonElement one)
    {
        using var folder = new TemporaryDirectory();
        var (exit, output) = Run(Arguments(one), folder.Path);
        if (exit != one.GetProperty("expected_exit_code").GetInt32())
        {
            return $"exit code {exit}";
        }

        using var answer = JsonDocument.Parse(output);
        var expected = Text(one, "expected_verdict");
        var data = answer.RootElement.GetProperty("data");
        return expected.Length > 0 && Text(data, "verdict") != expected ? $"{Text(data, "verdict")}, not {expected}"
            : Codes(one, "expected_reason_codes").Except(Codes(data, "reason_codes")).FirstOrDefault() is { } missing
                ? $"{missing} isn't among the reasons"
            : null;
    }

    /// <summary>The published command with the case's files put in; a name that stands for a file lies beside the intent.</summary>
    private IEnumerable<string> Arguments(JsonElement one)
    {
        var beside = Path.GetDirectoryName(At(Text(one, "intent")))!;
        var isFile = false;
        foreach (var word in Text(one, "command").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            yield return word switch
            {
                "POLICY" => At(Text(one, "policy")),
                "INTENT" => At(Text(one, "intent")),
                _ when isFile && !word.StartsWith('-') => string.Join(',', word.Split(',').Select(name => Path.Combine(beside, name))),
                _ => word,
            };
            isFile = word.StartsWith("--", StringComparison.Ordinal) && word is not "--json";
        }
    }

    private static (int Exit, string Output) Run(IEnumerable<string> arguments, string folder)
    {
        using var process = Process.Start(
            new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "gateway"), arguments)
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var (output, _) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(Deadline))
        {
            process.Kill();
            throw new InvalidOperationException("The command didn't end.");
        }

        return (process.ExitCode, output.GetAwaiter().GetResult());
    }

    private string At(string path) => Path.Combine(_root, path);

    private static string Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static IEnumerable<string> Codes(JsonElement json, string name) =>
        json.TryGetProperty(name, out var codes) && codes.ValueKind == JsonValueKind.Array
            ? codes.EnumerateArray().Select(code => code.GetString()!)
            : [];
}
