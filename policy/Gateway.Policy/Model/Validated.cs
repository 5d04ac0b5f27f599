using System.Diagnostics.CodeAnalysis;

namespace Gateway.Policy.Model;

/// <summary>
/// What reading or checking what somebody wrote gave: the value, or every error. The zero value is neither, and must be taken for a
/// refusal. Made by readers, never null, immutable.
/// </summary>
/// <param name="Value">Null where there are errors.</param>
/// <param name="Errors">Empty where there is a value.</param>
public sealed record Validated<T>(T? Value, IReadOnlyList<GovernanceError> Errors)
    where T : class
{
    public bool TryGet([NotNullWhen(true)] out T? value) => (value = Value) is not null;
}
