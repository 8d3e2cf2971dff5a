import { mount } from '../shared/app-frame.tsx';

mount(<main />);
