using Gateway.Cel.Checking;
using Gateway.Cel.Evaluation;
using Gateway.Cel.Library;
using Gateway.Cel.Syntax;
using Gateway.Cel.Values;

namespace Gateway.Cel.Compilation;

/// <summary>
/// A compiled part of an expression: what it gives for these variables, a value or an error. Immutable, for many threads.
/// </summary>
internal delegate CelValue Step(CelActivation frame);

/// <summary>
/// Compiles a checked tree to delegates. Names are places by now, so that nothing is looked up but the fields of maps; each error has its
/// place from here. It must take exactly the steps that the tree walker takes.
/// </summary>
internal static class StepCompiler
{
    public static Step Compile(Expr expr) =>
        expr switch
        {
            LiteralExpr literal => Constant(literal.Value),
            SlotExpr { IsTest: false } slot => Slot(slot),
            LocalExpr local => Local(local),
            SelectExpr { IsTest: false, IsOptional: false } select => Select(select),
            SelectExpr { IsTest: false } select => OptionalSelect(select),
            InvokeExpr invoke when !ConditionCompiler.IsCondition(invoke) => InvokeSteps.Compile(invoke),
            OptionalOrExpr or => InvokeSteps.Compile(or),
            ConditionalExpr conditional => Conditional(conditional),
            ListExpr list => list.ToConstant() is { } constant ? Constant(CelValue.From(constant)) : AggregateSteps.Compile(list),
            MapExpr map => AggregateSteps.Compile(map),
            BindExpr bind => Bind(bind),
            OptionalMapExpr map => OptionalMap(map),
            ComprehensionExpr comprehension when !ConditionCompiler.IsCondition(comprehension) => ComprehensionSteps.Compile(comprehension),
            FailExpr fail => Constant(CelValue.From(fail.Fault)),
            _ => FromCondition(ConditionCompiler.Compile(expr)),
        };

    private static Step Constant(CelValue value) => _ => value;

    private static Step Slot(SlotExpr slot)
    {
        var (index, range) = (slot.Slot, slot.Range);
        return frame =>
        {
            ref readonly var value = ref frame.Slots[index];
            return value.IsError ? value.At(range) : value;
        };
    }

    private static Step Local(LocalExpr local)
    {
        var (place, range) = (local.Place, local.Range);
        return frame => frame.Locals[place].At(range);
    }

    private static Step Select(SelectExpr select)
    {
        var (operand, field, range) = (Compile(select.Operand), select.Field, select.Range);
        return frame =>
        {
            var value = operand(frame);
            frame.Budget--;
            return value.Kind == CelKind.Map && value.AsMap.TryGet(field, out var found) && !found.IsError
                ? found
                : Fields.Select(value, field).At(range);
        };
    }

    private static Step OptionalSelect(SelectExpr select)
    {
        var (operand, field, range) = (Compile(select.Operand), select.Field, select.Range);
        return frame =>
        {
            var value = operand(frame);
            frame.Budget--;
            return Fields.SelectOptional(value, field).At(range);
        };
    }

    private static Step Conditional(ConditionalExpr conditional)
    {
        var condition = ConditionCompiler.Compile(conditional.Condition, "?:");
        var (whenTrue, whenFalse) = (Compile(conditional.WhenTrue), Compile(conditional.WhenFalse));
        return frame =>
            condition(frame) switch
            {
                CelTruth.True => whenTrue(frame),
                CelTruth.False => whenFalse(frame),
                CelTruth.Error => frame.Fault,
            };
    }

    private static Step Bind(BindExpr bind)
    {
        var (value, body, place) = (Compile(bind.Value), Compile(bind.Body), bind.Place);
        return frame =>
        {
            frame.Locals[place] = value(frame);
            return body(frame);
        };
    }

    private static Step OptionalMap(OptionalMapExpr map)
    {
        var (target, body, place, isFlat, range) = (Compile(map.Target), Compile(map.Body), map.Place, map.IsFlat, map.Range);
        var notOptional = CelValue.From(new CelFault(CelFault.NoOverload("optMap").Message, range));
        var notFlat = CelValue.From(new CelFault(CelFault.NoOverload("optFlatMap").Message, range));
        return frame =>
        {
            var optional = target(frame);
            if (optional.Kind != CelKind.Optional)
            {
                return optional.IsError ? optional : notOptional;
            }

            if (!optional.AsOptional.HasValue)
            {
                return optional;
            }

            frame.Locals[place] = optional.AsOptional.Value;
            var value = body(frame);
            return value.IsError || (isFlat && value.Kind == CelKind.Optional) ? value
                : isFlat ? notFlat
                : CelOptional.Of(value);
        };
    }

    private static Step FromCondition(Condition condition) =>
        frame =>
            condition(frame) switch
            {
                CelTruth.True => CelValue.True,
                CelTruth.False => CelValue.False,
                CelTruth.Error => frame.Fault,
            };
}
