using System.Text.Json;
using Gateway.Cel.Checking;
using Gateway.Cel.Evaluation;
using Gateway.Cel.Library;
using Gateway.Cel.Values;

namespace Gateway.Cel.Tests.Conformance;

/// <summary>Runs the published conformance cases, each through both evaluators.</summary>
public static class CelConformance
{
    /// <param name="path">The file of the cases, a JSON array.</param>
    public static ConformanceReport Run(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        var report = new ConformanceReport();
        foreach (var one in document.RootElement.EnumerateArray().Select(json => new ConformanceCase(json)))
        {
            if (ConformanceScope.WhyOut(one) is { } reason)
            {
                report.AddOutOfScope(one, reason);
            }
            else
            {
                report.AddResult(one, WhyFailed(one));
            }
        }

        return report;
    }

    /// <summary>Null where the case passes.</summary>
    private static string? WhyFailed(ConformanceCase one)
    {
        var environment = Environment(one);
        var compilation = CelCompiler.Compile(one.Expression, environment, one.IsChecked);
        if (compilation.Program is not { } program)
        {
            return one.ExpectsError ? null : string.Join("; ", compilation.Errors);
        }

        if (one.IsCheckOnly)
        {
            return one.ExpectsError ? "it was accepted" : null;
        }

        var activation = environment.CreateActivation();
        foreach (var binding in one.Bindings)
        {
            activation.Set(binding.Name, ConformanceValues.Read(binding.Value));
        }

        return WhyFailed(one, "compiled", program.Evaluate(activation)) ?? WhyFailed(one, "walked", program.Walk(activation));
    }

    private static string? WhyFailed(ConformanceCase one, string way, CelResult result)
    {
        if (!result.IsSuccess)
        {
            return one.ExpectsError ? null : $"{way}: {result.Error}";
        }

        return !one.ExpectsError && (one.Expected is not { } expected || ConformanceValues.Matches(expected, result.Value))
            ? null
            : $"{way}: {ValueText.Of(result.Value)}";
    }

    private static CelEnvironment Environment(ConformanceCase one)
    {
        var variables = new Dictionary<string, CelType>();
        var functions = CelFunctionSet.Standard;
        foreach (var declaration in one.Declarations)
        {
            var name = declaration.GetProperty("name")[0].GetString()!;
            if (declaration.TryGetProperty("ident", out var ident))
            {
                // A signature's result is the shortest way from the text of a type to the type.
                variables[name] = Signature.Parse($"x() -> {ConformanceTypes.Read(ident[0].GetProperty("type")[0])}").Result;
                continue;
            }

            foreach (var overload in declaration.GetProperty("function")[0].GetProperty("overloads").EnumerateArray())
            {
                functions = functions.With(SignatureOf(name, overload), (_, _) => CelValue.Null);
            }
        }

        foreach (var binding in one.Bindings)
        {
            variables.TryAdd(binding.Name, CelType.Dyn);
        }

        return new CelEnvironment(variables, functions) { Container = one.Container };
    }

    private static string SignatureOf(string name, JsonElement overload)
    {
        var parameters = overload.TryGetProperty("params", out var given) ? given.EnumerateArray().Select(ConformanceTypes.Read) : [];
        return $"{name}({string.Join(", ", parameters)}) -> {ConformanceTypes.Read(overload.GetProperty("result_type")[0])}";
    }
}
