namespace Gateway.Evidence.Records;

/// <summary>Where the time of a request went. Microseconds.</summary>
/// <param name="Upstream">From sending to the last byte of the system's answer; 0 where nothing was sent.</param>
public readonly record struct OutcomeTimings(long Admission, long Policy, long Credential, long Upstream, long Total);
