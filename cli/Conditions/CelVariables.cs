using System.Text;
using Gateway.Cel.Checking;
using Gateway.Cel.Evaluation;
using Gateway.Cel.Values;
using Gateway.Cli.Artifacts;
using Gateway.Cli.Results;

namespace Gateway.Cli.Conditions;

/// <summary>The variables that an expression is tried with: JSON values by name. Their types are left to the evaluation.</summary>
internal sealed class CelVariables
{
    private const int MaxBytes = 4 * 1024 * 1024;

    private readonly SortedDictionary<string, CelValue> _values = new(StringComparer.Ordinal);

    /// <summary>Each member of the file's object is a variable.</summary>
    /// <exception cref="InvalidInputException">It can't be read, or isn't one JSON object.</exception>
    public void AddFile(string path)
    {
        if (!JsonValues.TryParse(ArtifactFile.Read(path, MaxBytes), out var value) || value.Kind != CelKind.Map)
        {
            throw new InvalidInputException($"'{path}' isn't one JSON object.", "Write {\"name\": value}, each name once.");
        }

        for (var i = 0; i < value.AsMap.Count; i++)
        {
            Add(value.AsMap.KeyAt(i).AsString, value.AsMap.ValueAt(i));
        }
    }

    /// <param name="assignment"><c>name=json</c>.</param>
    /// <exception cref="InvalidInputException">It isn't, or the name is given twice.</exception>
    public void AddOne(string assignment)
    {
        var equals = assignment.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
        {
            throw new InvalidInputException("--var takes name=json.", "Write --var amount=100, or --var 'name=\"text\"'.");
        }

        var name = assignment[..equals];
        if (!JsonValues.TryParse(Encoding.UTF8.GetBytes(assignment[(equals + 1)..]), out var value))
        {
            throw new InvalidInputException(
                $"The value of '{name}' isn't JSON.",
                $"A text needs quotes of its own: --var '{name}=\"text\"'."
            );
        }

        Add(name, value);
    }

    public CelEnvironment Environment() => new(_values.Keys.Select(name => KeyValuePair.Create(name, CelType.Dyn)));

    public CelActivation Activation(CelEnvironment environment)
    {
        var activation = environment.CreateActivation();
        foreach (var (name, value) in _values)
        {
            activation.Set(name, value);
        }

        return activation;
    }

    private void Add(string name, in CelValue value)
    {
        if (!_values.TryAdd(name, value))
        {
            throw new InvalidInputException($"The variable '{name}' is given twice.", "Give it once.");
        }
    }
}
