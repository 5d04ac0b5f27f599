namespace Gateway.Policy.Model;

/// <summary>What is kept of the bodies of a connector's calls, apart from the journal, and for how long.</summary>
/// <param name="Retention">Default 30 d; from 1 d to 3,650 d. Zero where nothing is kept.</param>
public sealed record BodyKeeping(BodyForm Form, TimeSpan Retention)
{
    public static readonly TimeSpan DefaultRetention = TimeSpan.FromDays(30);

    /// <summary>The journal's digests only.</summary>
    public static BodyKeeping Nothing { get; } = new(BodyForm.Digest, TimeSpan.Zero);
}

/// <summary>In which form a body is kept. Unset keeps none.</summary>
public enum BodyForm
{
    /// <summary>Not at all: the journal's record has its digest.</summary>
    Digest = 0,

    /// <summary>Without what the redactor finds.</summary>
    Redacted = 1,

    /// <summary>As it arrived.</summary>
    Full = 2,
}
