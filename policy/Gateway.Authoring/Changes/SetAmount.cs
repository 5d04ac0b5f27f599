using System.Globalization;
using System.Text.Json.Nodes;
using Gateway.Policy.Evaluation;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Changes;

/// <summary>The request asks for an amount within a limit.</summary>
internal sealed record SetAmount(TransactionLimit Limit, string Text) : Change(ChangeKind.SetAmount, Text)
{
    /// <summary>Null where the limit holds already.</summary>
    public static SetAmount? For(TransactionLimit limit, Intent intent)
    {
        var most = MinorUnits.Text(limit.Max, limit.Decimals);
        if (!TransactionAmount.TryRead(limit, intent.Arguments.Span, out var amount))
        {
            var currency = limit.CurrencyAt is null ? "" : $", and the currency {limit.Currency} at {limit.CurrencyAt}";
            return new SetAmount(limit, $"give the amount as a plain number of at most {most} at {limit.Amount}{currency}");
        }

        return amount > limit.Max ? new SetAmount(limit, $"lower the amount at {limit.Amount} to {most} or less") : null;
    }

    internal override Situation Apply(Situation situation) => situation.With(Apply(situation.Intent));

    internal Intent Apply(Intent intent)
    {
        var amount = decimal.Parse(MinorUnits.Text(Limit.Max, Limit.Decimals), CultureInfo.InvariantCulture);
        var arguments = ArgumentEdit.Set(intent.Arguments, Limit.Amount, JsonValue.Create(amount));
        if (Limit is { CurrencyAt: { } at, Currency: { } currency })
        {
            arguments = ArgumentEdit.Set(arguments, at, JsonValue.Create(currency));
        }

        return intent with
        {
            Arguments = arguments,
        };
    }
}
