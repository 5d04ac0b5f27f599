using Gateway.Cel.Library;
using Gateway.Cel.Syntax;
using Gateway.Cel.Values;

namespace Gateway.Cel.Compilation;

/// <summary>Literals of lists and maps whose elements aren't all literals.</summary>
internal static class AggregateSteps
{
    public static Step Compile(ListExpr list)
    {
        var items = list.Items.Select(item => (Step: Item(item.Value, item.IsOptional), item.IsOptional)).ToArray();
        return frame =>
        {
            frame.Budget -= 1 + items.Length;
            var (values, count) = (new CelValue[items.Length], 0);
            foreach (var (step, isOptional) in items)
            {
                var value = step(frame);
                if (value.IsError)
                {
                    return value;
                }

                if (!isOptional || value.AsOptional.HasValue)
                {
                    values[count++] = isOptional ? value.AsOptional.Value : value;
                }
            }

            return CelValue.From(new ArrayList(count == values.Length ? values : values[..count]));
        };
    }

    public static Step Compile(MapExpr map)
    {
        var entries = map
            .Entries.Select(entry => (Key: StepCompiler.Compile(entry.Key), Value: Item(entry.Value, entry.IsOptional), entry.IsOptional))
            .ToArray();
        var range = map.Range;
        return frame =>
        {
            frame.Budget -= 1 + entries.Length;
            var builder = new MapBuilder();
            foreach (var (keyStep, valueStep, isOptional) in entries)
            {
                var (key, value) = (keyStep(frame), valueStep(frame));
                if (isOptional && !key.IsError && !value.IsError)
                {
                    if (!value.AsOptional.HasValue)
                    {
                        continue;
                    }

                    value = value.AsOptional.Value;
                }

                if (builder.Add(key, value) is { Kind: CelKind.Error } error)
                {
                    return error.At(range);
                }
            }

            return builder.Build().At(range);
        };
    }

    /// <summary>An optional element that is no optional is an error.</summary>
    private static Step Item(Expr expr, bool isOptional)
    {
        var step = StepCompiler.Compile(expr);
        if (!isOptional)
        {
            return step;
        }

        var noOptional = CelValue.From(CelFault.NoOverload("?") with { Range = expr.Range });
        return frame => step(frame) is var value && (value.IsError || value.Kind == CelKind.Optional) ? value : noOptional;
    }
}
