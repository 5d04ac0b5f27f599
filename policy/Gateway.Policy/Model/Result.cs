using System.Diagnostics.CodeAnalysis;

namespace Gateway.Policy.Model;

/// <summary>What a room gives: its value, or why not. The zero value is a refusal.</summary>
public readonly struct Result<T>
    where T : class
{
    private readonly T? _value;
    private readonly Refusal _refusal;

    private Result(T? value, Refusal refusal) => (_value, _refusal) = (value, refusal);

    public static implicit operator Result<T>(T value) => new(value, default);

    public static implicit operator Result<T>(Refusal refusal) => new(null, refusal);

    public static implicit operator Result<T>(ReasonCode reason) => new(null, new Refusal(reason));

    public bool TryGet([NotNullWhen(true)] out T? value, out Refusal refusal)
    {
        (value, refusal) = (_value, _refusal);
        return value is not null;
    }
}
