using Gateway.Connectors.Contracts;

namespace Gateway.Connectors.State;

/// <summary>
/// What goes together in one call: 1 ask at least. What is given back comes first, so that who is admitted finds it free.
/// </summary>
internal readonly record struct CallBatch(QueuedRequest<Settlement>[] Settlements, QueuedRequest<AdmissionRequest>[] Admissions)
{
    public int Count => Settlements.Length + Admissions.Length;

    /// <value>By when it must have ended, in <see cref="RedisClock.Local"/> time. Where somebody waits to be admitted, it is his time: a
    /// settlement is asked again.</value>
    public long Until => Admissions is [.., var last] ? last.Until : Settlements[^1].Until;

    /// <summary>In the order of the answers.</summary>
    public QueuedRequest this[int i] => i < Settlements.Length ? Settlements[i] : Admissions[i - Settlements.Length];
}
