// Where a part of the page throws while it is drawn: the parts inside are taken away, and what went wrong is shown as our bug.
import { Component, type ReactNode } from 'react';
import { SessionContext } from '../../session/use-session.ts';

interface BoundaryProps {
  readonly children: ReactNode;
}

/** React asks for a class here: there is no hook for it. */
export class Boundary extends Component<BoundaryProps, { readonly isBroken: boolean }> {
  static override contextType = SessionContext;
  declare context: React.ContextType<typeof SessionContext>;
  override state = { isBroken: false };
  private stopWaiting: (() => void) | undefined;

  static getDerivedStateFromError(): { readonly isBroken: boolean } {
    return { isBroken: true };
  }

  override componentDidCatch(error: unknown): void {
    const session = this.context;
    session?.report(error);
    // Whoever starts over gets the page back.
    this.stopWaiting = session?.store.subscribe(({ phase }) => {
      if (phase !== 'ready') return;
      this.stopWaiting?.();
      this.setState({ isBroken: false });
    });
  }

  override componentWillUnmount(): void {
    this.stopWaiting?.();
  }

  override render(): ReactNode {
    return this.state.isBroken ? null : this.props.children;
  }
}
